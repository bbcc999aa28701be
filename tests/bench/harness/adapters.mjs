// The candidates: where each one's page is, what it shows, and how a person acts on it. A candidate has
//   name, label, maxRows
//   url(rows)                     a path on the harness's server, or an address
//   probe                         JavaScript read on every frame: { count: rows after filtering, first: token ID in row 0 }
//   scrollPos                     JavaScript: [how far it is scrolled, how far it can be]. Units: CSS px
//   focusSearch, search, clearSearch (page)    real key events
//   hover(page, column), sort(page)            real pointer events
//   table(page)                   a point over the rows, for the wheel
//   floor: true                   has no rows to act on: load, memory and quiet only

function dom({ name, label, search = '#search', header, row, count, scroller }) {
  return {
    name, label, maxRows: 1e6,
    url: (rows) => `/${name}/?n=${rows}`,
    probe: `({ count: (${count}), first: document.querySelector(${JSON.stringify(row)})?.textContent })`,
    scrollPos: `(() => {
      const e = document.querySelector(${JSON.stringify(scroller)});
      return [e.scrollTop, e.scrollHeight - e.clientHeight];
    })()`,
    focusSearch: (page) => page.click(search),
    search: (page, text) => page.keyboard.press(text),
    clearSearch: (page) => page.keyboard.press('Backspace'),
    async hover(page, column) {
      const box = await page.locator(header(column)).first().boundingBox();
      await page.mouse.move(box.x + Math.min(30, box.width / 2), box.y + box.height / 2);
    },
    async sort(page) {
      await page.mouse.down();
      await page.mouse.up();
    },
    async table(page) {
      const box = await page.locator(scroller).first().boundingBox();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },
  };
}

/**
 * A console on a canvas, or any other, that offers `window.consoleBench`:
 *   probe()      -> { count, first }, of the last frame that went to the screen
 *   scrollPos()  -> [top, most]. Units: CSS px
 *   rect(what)   -> { x, y, w, h } of 'search', 'rows', 'header:label', 'header:expiresAt'. Units: CSS px
 */
export function hooked(name, url, label = name) {
  const middle = async (page, what) => {
    const rect = await page.evaluate((part) => window.consoleBench.rect(part), what);
    return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
  };
  return {
    name, label, maxRows: 1e6,
    url: (rows) => url.replace('{n}', rows),
    probe: 'window.consoleBench.probe()',
    scrollPos: 'window.consoleBench.scrollPos()',
    async focusSearch(page) {
      const at = await middle(page, 'search');
      await page.mouse.click(at.x, at.y);
      await page.waitForTimeout(100);
    },
    search: (page, text) => page.keyboard.press(text),
    clearSearch: (page) => page.keyboard.press('Backspace'),
    async hover(page, column) {
      const at = await middle(page, `header:${column}`);
      await page.mouse.move(at.x, at.y);
      await page.waitForTimeout(50);
    },
    async sort(page) {
      await page.mouse.down();
      await page.waitForTimeout(20);
      await page.mouse.up();
    },
    table: (page) => middle(page, 'rows'),
  };
}

const floor = (name, label) => ({ name, label, floor: true, url: () => `/${name}/` });
const wordsOf = (id) => `document.getElementById('${id}').textContent`;

export const candidates = {
  empty: floor('empty', 'empty page'),
  hello: floor('hello', 'one heading'),
  static100: floor('static100', '100 rows of static HTML'),
  webgl2: floor('webgl2', 'empty WebGL2 canvas'),
  mui: dom({
    name: 'mui', label: 'React + MUI X DataGrid',
    header: (column) => `.MuiDataGrid-columnHeader[data-field="${column}"] .MuiDataGrid-columnHeaderTitle`,
    row: '.MuiDataGrid-row[data-rowindex="0"] [data-field="tokenId"]',
    count: "+(document.querySelector('.MuiTablePagination-displayedRows')?.textContent.split('of')[1]||'-1').replace(/\\D/g,'')",
    scroller: '.MuiDataGrid-virtualScroller',
  }),
  lean: dom({
    name: 'lean', label: 'vanilla TypeScript + TanStack virtual-core',
    header: (column) => `#head [data-f="${column}"]`,
    row: '.r[data-i="0"] [data-f=tokenId]', count: `parseInt(${wordsOf('count')})`, scroller: '#scroll',
  }),
  ag: dom({
    name: 'ag', label: 'AG Grid Community',
    header: (column) => `.ag-header-cell[col-id="${column}"] .ag-header-cell-text`,
    row: '.ag-row[row-index="0"] [col-id="tokenId"]', count: `parseInt(${wordsOf('count')})`, scroller: '.ag-grid-viewport',
  }),
};
