// Whether the mirror is the page it stands for: headings, landmarks, tables, labels, dialogs, a live region.
// Each check returns what is wrong in words; nothing wrong is an empty list.

import { readFileSync } from 'node:fs';

/** What is wrong with the meaning of what stands in the page. */
export async function semanticFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const root = document.getElementById('mirror');
    const all = (selector, from = root) => Array.from(from.querySelectorAll(selector));
    const must = (holds, words) => holds || faults.push(words);
    const words = (element) => element.textContent.trim();
    const labelled = (element) => words(element) || element.getAttribute('aria-label') ||
      (element.getAttribute('aria-labelledby') || '').split(' ').some((id) => id && document.getElementById(id) && words(document.getElementById(id)));

    must(all('h1').length === 1, `${all('h1').length} headings of the first level`);
    for (const heading of all('h1, h2, h3')) must(words(heading), 'a heading without words');
    must(all('main').length === 1, `${all('main').length} main landmarks`);
    must(all('nav').some((one) => one.getAttribute('aria-label') === 'Main') || innerWidth < 900, 'no main navigation');
    must(all('header').length === 1, `${all('header').length} headers`);
    for (const region of all('nav, [role=region], [role=group], [role=radiogroup]')) must(labelled(region), `${region.tagName} without a name`);

    for (const table of all('table')) {
      const caption = table.querySelector('caption');
      must(caption && words(caption), 'a table without a caption');
      const heads = all('thead th[scope=col]', table);
      must(heads.length > 0 && heads.every(words), 'a column without a header');
      must(Number(table.getAttribute('aria-rowcount')) >= all('tr', table).length, 'fewer rows counted than there are');
      for (const row of all('tbody tr', table)) {
        must(all('td', row).length === heads.length, `${all('td', row).length} cells under ${heads.length} headers`);
        must(row.hasAttribute('aria-rowindex'), 'a row without its place');
      }
    }
    for (const input of all('input')) must(input.labels.length === 1 && words(input.labels[0]), `an input without a label: ${input.placeholder}`);
    for (const control of all('button, a')) {
      must(labelled(control), 'a control without a name');
      must(control.tagName !== 'A' || control.getAttribute('href'), `a link to nowhere: ${words(control)}`);
    }
    const dialogs = all('[role=dialog], [role=alertdialog]');
    must(dialogs.length < 2, 'two dialogs at once');
    for (const dialog of dialogs) {
      must(dialog.getAttribute('aria-modal') === 'true' && labelled(dialog), 'a dialog that is not modal or has no name');
      must(dialog.contains(document.activeElement), 'the focus is not in the dialog');
      for (const behind of Array.from(root.children)) must(behind === dialog || behind.inert, `${behind.tagName} behind the dialog can be reached`);
    }
    const live = document.querySelectorAll('#spoken [role=status]');
    must(live.length > 0 && !live[0].closest('[inert], [hidden]'), 'no live region');
    return Array.from(new Set(faults));
  });
}

const axeSource = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe-core finds wrong; colours are on the canvas, where it cannot look. */
export async function axeFaults(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}
