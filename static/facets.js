// Looking for a filter: the lists narrow while somebody types. Without scripts the button beside the box does it, and
// with them the button looks further, among cities, chapters and blocks too.
(() => {
  'use strict';
  const BOX = 'values';
  const unfolded = new WeakMap();

  document.addEventListener('input', (event) => {
    if (event.target.id !== BOX) return;
    const wanted = event.target.value.trim().toLowerCase();
    event.target.form.querySelectorAll('.facet:has(.facet-list)').forEach((facet) => {
      const rows = [...facet.querySelectorAll('.facet-list > li')];
      rows.forEach((row) => {
        row.hidden = wanted !== '' && !row.querySelector('input').checked
          && !row.querySelector('.facet-label').textContent.toLowerCase().includes(wanted);
      });
      facet.hidden = rows.every((row) => row.hidden);
      [facet, ...facet.querySelectorAll('details')].forEach((fold) => {
        if (!unfolded.has(fold)) unfolded.set(fold, fold.open);
        fold.open = wanted === '' ? unfolded.get(fold) : true;
        if (wanted === '') unfolded.delete(fold);
      });
    });
  });
})();
