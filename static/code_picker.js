// A field of codes with commas between becomes chosen codes, each with a button that removes it, and a box that
// suggest.js completes. What is sent is the same list; without scripts the field is that list.
(() => {
  'use strict';
  const BETWEEN = /[,;\n]+/;
  const LIKE_A_CODE = /^[A-Z]?\d[\w.*-]{2,}$/i;

  document.querySelectorAll('input[data-pick]').forEach((input) => new Picker(input));

  function Picker(input) {
    const words = JSON.parse(input.dataset.pick);
    const label = input.labels[0]?.firstChild.textContent.trim() ?? '';
    const frame = make('div', 'picker');
    const chosen = make('ul', 'picked');
    const said = make('p', 'hint picker-said');
    const sent = Object.assign(document.createElement('input'), { type: 'hidden', name: input.name });
    const codes = [];

    chosen.setAttribute('aria-label', `${label}: chosen`);
    said.setAttribute('role', 'status');
    input.before(chosen, frame);
    frame.append(input, sent);
    frame.after(said);
    input.removeAttribute('name');
    add(input.value);
    input.value = '';
    store();

    input.addEventListener('suggestion', (event) => {
      event.preventDefault();
      input.value = '';
      const { system, value } = event.detail;
      if (system === 'hcc' && value.includes('-')) say(`${value} is of another model than V28 and is not linked to openings.`);
      else take(`${words[system]} ${value}`);
    });
    input.addEventListener('input', () => {
      const parts = input.value.split(BETWEEN);
      if (parts.length > 1) {
        input.value = parts.pop().trimStart();
        take(parts.join(','));
      }
      store();
    });
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      // With a suggestion marked, Enter is for suggest.js.
      if (event.key === 'Enter' && !input.hasAttribute('aria-activedescendant')) {
        event.preventDefault();
        enter();
      } else if (event.key === 'Backspace' && !input.value && codes.length) {
        event.preventDefault();
        chosen.lastElementChild.querySelector('button').focus();
      }
    });

    // Enter never sends the form from here: who types the next code would send a posting that is not finished.
    function enter() {
      const typed = input.value.trim();
      if (!typed) return;
      if (!/\d/.test(typed) && !typed.toLowerCase().startsWith('modifier ')) {
        say('Choose a code from the list with the arrow keys, or type one such as E11.9.');
        return;
      }
      input.value = '';
      // The list of suggestions closes over an empty box.
      input.dispatchEvent(new Event('input', { bubbles: true }));
      take(typed);
    }

    function take(text) {
      const fresh = add(text);
      store();
      if (fresh.length) say(`${fresh.join(', ')} added.`);
    }

    function add(text) {
      const fresh = [];
      for (const piece of text.split(BETWEEN)) {
        const parts = piece.trim().split(/\s+/);
        for (const code of parts.every((part) => LIKE_A_CODE.test(part)) ? parts : [parts.join(' ')]) {
          if (!code || codes.includes(code)) continue;
          codes.push(code);
          fresh.push(code);
          chosen.append(chip(code));
        }
      }
      return fresh;
    }

    function chip(code) {
      const item = make('li', 'picked-code', code);
      const remove = Object.assign(make('button', 'picked-remove', '×'), { type: 'button' });
      remove.setAttribute('aria-label', `Remove ${code}`);
      remove.addEventListener('click', () => {
        codes.splice(codes.indexOf(code), 1);
        const next = item.nextElementSibling ?? item.previousElementSibling;
        item.remove();
        store();
        say(`${code} removed.`);
        (next?.querySelector('button') ?? input).focus();
      });
      item.append(remove);
      return item;
    }

    // What still stands in the box is sent too.
    function store() {
      const rest = input.value.trim();
      sent.value = (rest ? [...codes, rest] : codes).join(', ');
      chosen.hidden = !codes.length;
    }

    function say(text) { said.textContent = text; }
  }

  function make(tag, className, textContent = '') {
    return Object.assign(document.createElement(tag), { className, textContent });
  }
})();
