// The semantic elements over the canvas, the JavaScript half of mirror.cpp: made one by one, with
// allow-listed tags and attributes and places set through the CSSOM; no markup is ever parsed.
mergeInto(LibraryManager.library, {
  $pccMirror__deps: ['$pccRead', '$pccReadLiteral', '$pccLeave', '$pccFrames'],
  $pccMirror__postset: 'pccMirror.listen();',
  $pccMirror: {
    tags: ['div', 'span', 'p', 'h1', 'h2', 'h3', 'a', 'button', 'label', 'input', 'table', 'caption', 'thead',
      'tbody', 'tr', 'th', 'td', 'dl', 'dt', 'dd', 'nav', 'main', 'header', 'code'],
    attributes: ['id', 'role', 'href', 'for', 'type', 'tabindex', 'scope', 'placeholder', 'maxlength', 'readonly',
      'inert', 'autocomplete', 'autocapitalize', 'spellcheck', 'data-face', 'data-look', 'data-title'],
    uses: ['', 'leaf', 'control', 'field'],
    root: null,
    into: null,       // the root, or what becomes its content once all of it is made
    elements: null,
    active: null,     // who had the focus before this frame was laid
    before: null,     // who had it before the dialog opened
    dialog: 0,
    autofocus: 0,
    composing: null,

    create: (key, tag, use) => {
      if (!pccMirror.tags.includes(tag)) throw new TypeError('no such element in the mirror: ' + tag);
      const element = document.createElement(tag);
      element.pccKey = key;
      if (use) element.className = pccMirror.uses[use];
      if (tag === 'button') element.type = 'button';
      pccMirror.elements.set(key, element);
    },
    // Copied without the place of its model, and from something that never changes.
    copy: (key, model) => {
      const like = pccMirror.elements.get(model);
      if (!like.pccBare) {
        like.pccBare = like.cloneNode(false);
        like.pccBare.removeAttribute('style');
      }
      const element = like.pccBare.cloneNode(false);
      element.pccKey = key;
      pccMirror.elements.set(key, element);
    },
    // True when it stood elsewhere. What stands right is left alone: moving it would take its focus away.
    place: (key, parent, before) => {
      const element = pccMirror.elements.get(key);
      const into = parent ? pccMirror.elements.get(parent) : pccMirror.into;
      const next = before ? pccMirror.elements.get(before).nextSibling : into.firstChild;
      if (next === element) return 0;
      into.insertBefore(element, next);
      return 1;
    },
    // Links lead to places on this site, never to `javascript:` or another host.
    attribute: (key, name, value, present) => {
      const allowed = name.startsWith('aria-') || pccMirror.attributes.includes(name);
      if (!allowed) return;
      const element = pccMirror.elements.get(key);
      if (present && (name !== 'href' || /^\/(?!\/)/.test(value))) element.setAttribute(name, value);
      else element.removeAttribute(name);
    },

    // The first page is made apart from the document, which then has one change to follow.
    begin: () => {
      const m = pccMirror;
      m.into = m.root.firstChild ? m.root : document.createDocumentFragment();
      m.active = m.root.contains(document.activeElement) ? document.activeElement : null;
    },
    attach: () => {
      if (pccMirror.into === pccMirror.root) return;
      pccMirror.root.append(pccMirror.into);
      pccMirror.into = pccMirror.root;
    },

    firstIn: (element) => element && element.querySelector('[tabindex="0"].control, .field, .control:not([tabindex="-1"])'),
    // How high the plain page is laid out. A long list goes on as one scrolls. Units: CSS px.
    height: 6000,
    grown: '',  // how high it was laid out last, and how high the page was before that
    // Once for each height of the page: while rows for it are on their way, scrolling asks for no more.
    grow: () => {
      const m = pccMirror;
      if (!m.plain()) return;
      const high = document.documentElement.scrollHeight;
      if (scrollY + 3 * innerHeight < high || m.grown === m.height + ' ' + high) return;
      m.height += 6000;
      m.grown = m.height + ' ' + high;
      pccFrames.ask(1);
    },
    pressedPlain: false,  // the page was plain when the pointer went down: a press may change that
    plain: () => document.documentElement.classList.contains('plain'),
    focus: (element) => {
      if (element) element.focus({ preventScroll: !pccMirror.plain() });
    },
    usable: (element) => element && element.isConnected && !element.closest('[inert]') && element,
    heading: () => pccMirror.root.querySelector('h1') || pccMirror.root.querySelector('main'),
    settle: (dialog, autofocus) => {
      const m = pccMirror;
      const was = m.dialog;
      const wanted = autofocus !== m.autofocus && m.elements.get(autofocus);
      if (dialog && !was) m.before = m.active;
      m.dialog = dialog;
      m.autofocus = autofocus;
      if (m.root.closest('[inert]')) return;
      const over = m.elements.get(dialog);
      m.markReady();
      if (dialog && dialog !== was) {
        const first = m.elements.get(autofocus);
        m.focus(first && over.contains(first) ? first : m.firstIn(over) || over);
      } else if (was && !dialog) {
        m.focus(m.usable(m.before) || m.heading());
      } else if (wanted && (!over || over.contains(wanted)) && !m.isField(document.activeElement)) {
        m.focus(wanted);
      } else if (m.active && document.activeElement === document.body) {
        m.restore(over);
      }
    },
    // What is moved in the document loses the focus. It takes it back without scrolling: one may read elsewhere.
    restore: (over) => {
      const m = pccMirror;
      if (m.usable(m.active)) m.active.focus({ preventScroll: true });
      else m.focus(m.firstIn(over) || over || m.heading());
    },
    // On the plain page a new toast may come to lie over what has the focus; how far it reaches is
    // scroll-padding in plain.css.
    toasts: 0,
    uncover: () => {
      const toasts = pccMirror.root.querySelectorAll('[data-look~="toast"]');
      const focused = document.activeElement;
      if (toasts.length > pccMirror.toasts && pccMirror.root.contains(focused)) {
        const box = focused.getBoundingClientRect();
        const toast = toasts[0].getBoundingClientRect();
        const under = box.bottom > toast.top && box.top < innerHeight && box.right > toast.left;
        if (under && !focused.closest('[data-look~="toast"]')) focused.scrollIntoView({ block: 'nearest' });
      }
      pccMirror.toasts = toasts.length;
    },
    held: false,
    hold: (event) => {
      const held = pccMirror.plain() && event.target.closest('[data-look~="toast"]') !== null;
      if (held !== pccMirror.held) _pcc_mirror_held(held ? 1 : 0);
      pccMirror.held = held;
    },
    // The first page with its data: measured from the outside, two frames after it is laid.
    ready: false,
    markReady: () => {
      const main = !pccMirror.ready && pccMirror.root.querySelector('main');
      if (!main || !main.querySelector('h1') || main.querySelector('[aria-busy]')) return;
      pccMirror.ready = true;
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('console-ready')));
    },
    isField: (element) => element && element.classList.contains('field'),
    // Safari has ended a composition before it tells of the key that did it, which is then called 229.
    composes: (event) => event.isComposing || event.keyCode === 229,

    tellText: (field) => _pcc_mirror_typed(field.pccKey, pccLeave([field.value])[0]),
    tellFocus: (target) => {
      const element = target && target.closest('.control, .field, td');
      _pcc_mirror_focused(element ? element.pccKey : 0, element && element.matches(':focus-visible') ? 1 : 0);
    },
    // Mouse and finger reach the canvas by their place; without a canvas they act here.
    click: (event) => {
      const element = event.target.closest('.control');
      if (!element) return;
      if (element.tagName === 'A') {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
      }
      if (event.detail === 0 || pccMirror.pressedPlain) _pcc_mirror_pressed(element.pccKey);
    },
    keydown: (event) => {
      if (pccMirror.composes(event)) return;
      if (event.key === 'Enter' && pccMirror.isField(event.target)) _pcc_mirror_submitted(event.target.pccKey);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const group = step && event.target.closest('[role=radiogroup]');
      if (!group) return;
      const radios = Array.from(group.querySelectorAll('[role=radio]:not([aria-disabled])'));
      const next = radios[(radios.indexOf(event.target) + step + radios.length) % radios.length];
      event.preventDefault();
      next.focus();
      next.click();
    },
    scroll: (event) => pccMirror.tellScroll(event.target),
    // Also asked for before a press: whoever scrolls and clicks at once is quicker than the event.
    tellAllScrolls: () => pccMirror.root.querySelectorAll('.scrolls').forEach(pccMirror.tellScroll),
    tellScroll: (area) => {
      if (area.pccScroll === undefined || Math.abs(area.scrollTop - area.pccScroll) < 1) return;
      area.pccScroll = area.scrollTop;
      _pcc_mirror_scrolled(area.pccKey, area.scrollTop);
    },
    listen: () => {
      const m = pccMirror;
      const root = (m.root = document.getElementById('mirror'));
      m.elements = new Map();
      addEventListener('scroll', m.grow, { passive: true });
      root.addEventListener('pointerdown', () => (m.pressedPlain = m.plain()));
      root.addEventListener('pointerover', m.hold);
      root.addEventListener('click', m.click);
      root.addEventListener('keydown', m.keydown);
      root.addEventListener('scroll', m.scroll, true);
      root.addEventListener('focusin', (event) => m.tellFocus(event.target));
      root.addEventListener('focusout', (event) => event.relatedTarget || m.tellFocus(null));
      root.addEventListener('compositionstart', (event) => (m.composing = event.target));
      root.addEventListener('compositionend', (event) => {
        m.composing = null;
        m.tellText(event.target);
      });
      // One that was removed while it was composed in has nobody to tell of the end.
      root.addEventListener('input', (event) => m.composing === event.target || m.tellText(event.target));
    },
  },

  pcc_mirror_height__deps: ['$pccMirror'],
  pcc_mirror_height: function () {
    return pccMirror.height;
  },
  pcc_mirror_begin__deps: ['$pccMirror'],
  pcc_mirror_begin: function () {
    pccMirror.begin();
  },
  pcc_mirror_create__deps: ['$pccMirror'],
  pcc_mirror_create: function (key, tag, length, use) {
    pccMirror.create(key >>> 0, pccReadLiteral(tag, length), use);
  },
  pcc_mirror_copy__deps: ['$pccMirror'],
  pcc_mirror_copy: function (key, model) {
    pccMirror.copy(key >>> 0, model >>> 0);
  },
  pcc_mirror_place__deps: ['$pccMirror'],
  pcc_mirror_place: function (key, parent, before) {
    return pccMirror.place(key >>> 0, parent >>> 0, before >>> 0);
  },
  pcc_mirror_remove__deps: ['$pccMirror'],
  pcc_mirror_remove: function (key) {
    pccMirror.elements.get(key >>> 0).remove();
    pccMirror.elements.delete(key >>> 0);
  },
  pcc_mirror_text__deps: ['$pccMirror'],
  pcc_mirror_text: function (key, text, length) {
    pccMirror.elements.get(key >>> 0).textContent = pccRead(text, length);
  },
  pcc_mirror_attribute__deps: ['$pccMirror'],
  pcc_mirror_attribute: function (key, name, nameLength, value, valueLength, present) {
    pccMirror.attribute(key >>> 0, pccReadLiteral(name, nameLength), pccRead(value, valueLength), present);
  },
  pcc_mirror_rect__deps: ['$pccMirror'],
  pcc_mirror_rect: function (key, x, y, width, height) {
    pccMirror.elements.get(key >>> 0).style.cssText = `left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  },
  pcc_mirror_value__deps: ['$pccMirror'],
  pcc_mirror_value: function (key, value, length) {
    const field = pccMirror.elements.get(key >>> 0);
    const text = pccRead(value, length);
    if (field !== pccMirror.composing && field.value !== text) field.value = text;
  },
  pcc_mirror_scroll__deps: ['$pccMirror'],
  pcc_mirror_scroll: function (key, offset) {
    const area = pccMirror.elements.get(key >>> 0);
    pccMirror.attach();
    area.classList.add('scrolls');
    // What is new stands at its top; saying so would have the page laid out at once.
    if (offset || area.pccScroll !== undefined) area.scrollTop = offset;
    area.pccScroll = offset;
  },
  pcc_mirror_settle__deps: ['$pccMirror'],
  pcc_mirror_settle: function (dialog, autofocus) {
    pccMirror.attach();
    pccMirror.settle(dialog >>> 0, autofocus >>> 0);
    if (pccMirror.plain()) pccMirror.uncover();
  },
});
