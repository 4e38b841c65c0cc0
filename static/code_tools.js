// On pages of the code reference: "/" goes to the box for codes, and one press copies a code. Without scripts neither
// is there.
(() => {
  'use strict';
  const SHOWN_MS = 2000;

  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const box = document.querySelector('main input[name="q"]');
    event.preventDefault();
    if (box) {
      box.focus();
      box.select();
    } else {
      window.location.assign(document.querySelector('link[data-look-up]').dataset.lookUp);
    }
  });

  for (const place of document.querySelectorAll('[data-copy]')) {
    const said = document.createElement('span');
    said.className = 'quiet small';
    said.setAttribute('role', 'status');
    const button = (label, text) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'button button-secondary button-small';
      made.textContent = label;
      made.addEventListener('click', () => copy(text, said));
      return made;
    };
    place.append(button('Copy code', place.dataset.copy));
    if (place.dataset.copyWords) place.append(button('Copy with description', place.dataset.copyWords));
    place.append(said);
    place.hidden = false;
  }

  async function copy(text, said) {
    said.textContent = (await taken(text)) ? 'Copied' : 'Your browser did not let it be copied';
    window.setTimeout(() => { said.textContent = ''; }, SHOWN_MS);
  }

  // The clipboard is there on secure pages only; elsewhere a selected text can still be copied.
  async function taken(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement('textarea');
      field.value = text;
      field.className = 'sr-only';
      document.body.append(field);
      field.select();
      const done = document.execCommand('copy');
      field.remove();
      return done;
    }
  }
})();
