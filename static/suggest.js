// Suggestions under a search box: the combobox of WAI-ARIA 1.2 with a list of its own. The box is the form's plain
// field; without scripts nothing is suggested.
(() => {
  'use strict';
  const PAUSE_MS = 120;
  const KEPT = 200;
  // By box and words: two boxes of a page may ask different addresses.
  const answers = new Map();
  const boxes = new WeakMap();
  let number = 0;

  document.addEventListener('focusin', (event) => {
    if (event.target.matches?.('input[data-suggest]') && !boxes.has(event.target)) {
      boxes.set(event.target, new Box(event.target));
    }
  });

  class Box {
    constructor(input) {
      number += 1;
      this.input = input;
      this.active = -1;
      this.options = [];
      this.waiting = 0;
      this.request = null;
      this.list = document.createElement('ul');
      Object.assign(this.list, { id: `suggestions-${number}`, className: 'suggestions', hidden: true });
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', 'Suggestions');
      this.said = document.createElement('span');
      this.said.className = 'sr-only';
      this.said.setAttribute('role', 'status');
      input.after(this.list, this.said);
      input.setAttribute('role', 'combobox');
      input.setAttribute('aria-autocomplete', 'list');
      input.setAttribute('aria-expanded', 'false');
      input.setAttribute('aria-controls', this.list.id);
      input.addEventListener('input', () => this.ask());
      input.addEventListener('keydown', (event) => this.press(event));
      input.addEventListener('blur', () => this.close());
      input.form?.addEventListener('submit', () => this.close());
      // The box keeps the focus while the mouse is on the list.
      this.list.addEventListener('mousedown', (event) => event.preventDefault());
      this.list.addEventListener('click', (event) => {
        const option = event.target.closest('[role=option]');
        if (option) this.pick(Number(option.dataset.number));
      });
    }

    ask() {
      clearTimeout(this.waiting);
      this.request?.abort();
      const q = this.input.value;
      if (!q.trim()) { this.close(); return; }
      if (answers.has(this.key(q))) { this.show(answers.get(this.key(q))); return; }
      this.waiting = setTimeout(() => this.fetch(q), PAUSE_MS);
    }

    key(q) { return `${this.input.dataset.suggest} ${q}`; }

    async fetch(q) {
      this.request = new AbortController();
      try {
        const address = new URL(this.input.dataset.suggest, document.baseURI);
        address.searchParams.set('q', q);
        const answer = await fetch(address, { signal: this.request.signal, headers: { Accept: 'application/json' } });
        if (!answer.ok) { this.close(); return; }
        const { suggestions } = await answer.json();
        if (answers.size >= KEPT) answers.clear();
        if (suggestions.length) answers.set(this.key(q), suggestions);
        if (this.input.value === q && document.activeElement === this.input) this.show(suggestions);
      } catch {
        // Aborted by the next key, or the connection is gone: the box still searches.
      }
    }

    show(suggestions) {
      this.options = suggestions;
      this.list.replaceChildren(...suggestions.map((one, place) => this.option(one, place)));
      this.list.hidden = !suggestions.length;
      this.input.setAttribute('aria-expanded', String(!this.list.hidden));
      this.mark(-1);
      const several = suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`;
      this.said.textContent = suggestions.length ? `${several}, use the arrow keys` : 'No suggestions';
    }

    option(one, place) {
      const piece = (tag, className, words) => Object.assign(document.createElement(tag), { className, textContent: words });
      const option = document.createElement('li');
      option.id = `${this.list.id}-${place}`;
      option.dataset.number = place;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const words = piece('span', 'suggestion-words', one.label);
      if (one.detail) words.append(' ', piece('small', '', one.detail));
      const facts = piece('span', 'suggestion-facts', '');
      facts.append(piece('span', '', one.kind));
      if (one.openings !== undefined) {
        const openings = `${one.openings.toLocaleString('en-US')} ${one.openings === 1 ? 'opening' : 'openings'}`;
        facts.append(' ', piece('span', '', openings));
      }
      option.append(words, ' ', facts);
      return option;
    }

    mark(place) {
      this.active = place;
      [...this.list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === place)));
      if (place < 0) this.input.removeAttribute('aria-activedescendant');
      else {
        this.input.setAttribute('aria-activedescendant', this.list.children[place].id);
        this.list.children[place].scrollIntoView({ block: 'nearest' });
      }
    }

    press(event) {
      if (event.isComposing) return;
      const isOpen = !this.list.hidden;
      const last = this.options.length - 1;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (!isOpen) { this.ask(); return; }
        const step = event.key === 'ArrowDown' ? 1 : -1;
        // Beyond either end stands the box itself.
        const next = this.active + step;
        this.mark(next > last ? -1 : next < -1 ? last : next);
      } else if (event.key === 'Escape' && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === 'Enter' && isOpen && this.active >= 0) {
        event.preventDefault();
        this.pick(this.active);
      }
    }

    pick(place) {
      const detail = this.options[place];
      // Whoever takes it (code_picker.js) prevents what a search does with it.
      const picked = new CustomEvent('suggestion', { detail, bubbles: true, cancelable: true });
      if (!this.input.dispatchEvent(picked)) { this.close(); return; }
      this.input.value = detail.value;
      // What leads to a page of its own goes there at once.
      const { url } = detail;
      if (url) { window.location.assign(url); return; }
      this.close();
      this.input.form?.requestSubmit();
    }

    close() {
      clearTimeout(this.waiting);
      this.request?.abort();
      this.list.hidden = true;
      this.input.setAttribute('aria-expanded', 'false');
      this.mark(-1);
    }
  }
})();
