// The codes opened last in this browser, for whoever has no account: kept here and sent nowhere. Without scripts, or
// where the browser keeps nothing, they are not there.
(() => {
  'use strict';
  const KEY = 'last-codes';
  const MOST = 10;

  const opened = document.querySelector('[data-last-code]');
  if (opened) {
    const one = { name: opened.dataset.lastCode, path: window.location.pathname };
    kept([one, ...kept().filter((other) => other.path !== one.path)].slice(0, MOST));
  }

  const place = document.querySelector('[data-last-codes]');
  if (place && kept().length) {
    const list = place.querySelector('ul');
    for (const { name, path } of kept()) {
      const link = document.createElement('a');
      link.className = 'entry';
      link.href = path;
      link.textContent = name;
      const line = document.createElement('li');
      line.append(link);
      list.append(line);
    }
    place.querySelector('button').addEventListener('click', () => {
      kept([]);
      place.hidden = true;
      document.querySelector('main input[name="q"]')?.focus();
    });
    place.hidden = false;
  }

  // Reads what is kept, or keeps `codes`. What another program put there, or a path of another site, is left out.
  function kept(codes) {
    try {
      if (codes) window.localStorage.setItem(KEY, JSON.stringify(codes));
      const found = JSON.parse(window.localStorage.getItem(KEY) || '[]');
      return Array.isArray(found) ? found.filter((one) => typeof one?.name === 'string' && /^\/codes\//.test(one.path)) : [];
    } catch {
      return [];
    }
  }
})();
