// The results of a search, updated in place by htmx: ticking a filter searches, focus and history stay right, and
// the new count is said to those who listen. Without scripts the forms and links do the same with whole pages.
(() => {
  'use strict';
  const REGION = 'search';
  const TICKS_TOGETHER_MS = 300;
  // Below this width the filters are a sheet of their own that its button closes.
  const BESIDE = window.matchMedia('(min-width: 60em)');
  let waiting = 0;
  let before = null;

  const region = () => document.getElementById(REGION);
  const results = () => document.getElementById('results');

  // A choice is found again by what it says in the address, a fold by its heading.
  const choice = (element) => element?.matches?.('.facets input, .facets select')
    ? `.facets [name="${CSS.escape(element.name)}"]${element.matches('[type=checkbox], [type=radio]') ? `[value="${CSS.escape(element.value)}"]` : ''}`
    : '';
  const foldName = (fold) => {
    const outer = fold.parentElement.closest('details');
    const heading = (one) => one.querySelector('summary').textContent.replace(/\d+/g, '').trim();
    return `${outer ? `${heading(outer)} / ` : ''}${heading(fold)}`;
  };
  const folds = () => [...region().querySelectorAll('.facets details')];

  document.addEventListener('change', (event) => {
    const form = event.target.closest?.('.facets form');
    if (!form || !BESIDE.matches || !event.target.matches('[type=checkbox], [type=radio], select')) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.isConnected && form.requestSubmit(), TICKS_TOGETHER_MS);
  });

  document.addEventListener('htmx:configRequest', (event) => {
    const { formData } = event.detail;
    const empty = [...formData.entries()].filter(([, value]) => value === '').map(([name]) => name);
    empty.forEach((name) => formData.getAll(name).every((value) => value === '') && formData.delete(name));
    // A radius means nothing without its place.
    if (formData.has('within') && !formData.get('near')) formData.delete('within');
  });

  document.addEventListener('htmx:beforeRequest', () => {
    clearTimeout(waiting);
    region().setAttribute('aria-busy', 'true');
  });

  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 && !new DOMParser().parseFromString(xhr.responseText, 'text/html').getElementById(REGION)) {
      // The address led to another page: go there.
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
      return;
    }
    before = {
      choice: choice(document.activeElement),
      id: document.activeElement?.id,
      open: new Map(folds().map((fold) => [foldName(fold), fold.open])),
    };
  });

  document.addEventListener('htmx:afterSwap', () => {
    if (!before || !region()) return;
    // Lists that were narrowed to what was looked for come unfolded.
    if (!region().querySelector('.facets [name="values"]')?.value) {
      folds().forEach((fold) => { fold.open = before.open.get(foldName(fold)) ?? fold.open; });
    }
    const again = before.choice && region().querySelector(before.choice);
    if (again) again.focus({ preventScroll: true });
    else if (document.activeElement === document.body) results()?.focus({ preventScroll: true });
    before = null;
    say();
  });

  document.addEventListener('htmx:historyRestore', () => {
    results()?.focus({ preventScroll: true });
    say();
  });

  // What went wrong is told by the page itself.
  const wholePage = (event) => window.location.assign(event.detail.pathInfo.finalRequestPath);
  document.addEventListener('htmx:responseError', wholePage);
  document.addEventListener('htmx:sendError', wholePage);
  document.addEventListener('htmx:historyCacheMissLoadError', () => window.location.reload());

  function say() {
    region().removeAttribute('aria-busy');
    const said = document.getElementById('search-said');
    const count = region().querySelector('.results-count, .empty h2');
    if (said && count) said.textContent = count.textContent;
  }
})();
