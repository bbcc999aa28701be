// The keys of tables, the JavaScript half of tables.cpp: from cell to cell, picking rows, copying.
mergeInto(LibraryManager.library, {
  $pccTables__deps: ['$pccMirror'],
  $pccTables: {
    how: { toggle: 1, range: 2, all: 3 },  // app::Pick

    pick: (row, how) => _pcc_table_picked(row.pccKey, pccTables.how[how]),
    focus: (cell) => pccMirror.focus(cell.querySelector('.control') || cell),
    // What the keyboard is on, else what the pointer is over.
    copy: (cell) => {
      const from = cell || pccMirror.root.querySelector('td:hover');
      if (from) _pcc_table_copied(from.pccKey);
      return Boolean(from);
    },
    // The cell that an arrow key leads to.
    next: (cell, key) => {
      const row = cell.parentElement;
      const beside = { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling };
      const rows = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling };
      return key in beside ? beside[key] : rows[key] && rows[key].children[Array.from(row.children).indexOf(cell)];
    },
    move: (cell, event) => {
      const next = pccTables.next(cell, event.key);
      if (!next) return false;
      const row = cell.parentElement;
      if (event.shiftKey && next.parentElement !== row && row.hasAttribute('aria-selected')) {
        pccTables.pick(row, 'range');
        pccTables.pick(next.parentElement, 'range');
      }
      pccTables.focus(next);
      return true;
    },
    // Whether the key was one for a table.
    pressed: (event) => {
      if (event.altKey || pccMirror.isField(event.target)) return false;
      const cell = event.target.closest('td');
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key === 'c') return !String(getSelection()) && pccTables.copy(cell);
      if (!cell) return false;
      const row = cell.parentElement;
      const how = command ? event.key === 'a' && 'all' : event.key === ' ' && (event.shiftKey ? 'range' : event.target === cell && 'toggle');
      if (!how || !row.hasAttribute('aria-selected')) return !command && pccTables.move(cell, event);
      pccTables.pick(row, how);
      return true;
    },
  },
});
