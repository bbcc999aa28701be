// Starts the console: asks who is signed in while the program loads, and is the sign-in form.
// Passwords stay in this file: the program is told of a session only once there is one.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const words = {
    checking: 'Opening the console…',
    opening: 'You are signed in. Opening the console…',
    offline: 'No connection to the server. Check your network, then try again.',
    server: 'The server could not answer. Nothing is wrong with what you typed; try again in a moment.',
    missing: 'Enter your e-mail address and your password.',
    waiting: 'Too many failed tries. For the safety of this account, wait a little before the next one.',
    load: 'The console could not be loaded. Most often the network is the reason. Reload the page to try again.',
    old: 'This browser cannot run the console: it has no WebAssembly. Please use a current browser.',
    stopped: 'Something in the console went wrong and it has stopped. What the server had confirmed is kept; reload the page to go on.',
  };

  let deliver = null;  // hands a session to the program, once it runs
  let session = null;  // that of the answer which came before it ran
  let pause = 0;
  let emailWas = '';   // when the form was shown: nobody has typed
  let asking = false;  // whether somebody is signed in by now
  let unanswered = 0;  // in a row
  let next = 0;

  // ---- what is seen

  const show = (state, progress) => {
    if ($('sign-in').dataset.state === 'broken') return;
    $('sign-in').dataset.state = state;
    $('sign-in').hidden = false;
    $('console').inert = true;
    $('progress').textContent = progress || '';
    document.documentElement.classList.add('signing-in');
  };
  const fail = (sentence) => {
    show('broken');
    document.querySelector('#sign-in h1').textContent = 'The console is not running';
    $('notice').textContent = sentence;
    $('reload').focus();
  };
  const showForm = (notice) => {
    show('form');
    if ($('sign-in').dataset.state !== 'form') return;
    $('notice').textContent = notice || '';
    $('password').value = '';
    emailWas = $('email').value;
    ($('email').value ? $('password') : $('email')).focus();
  };
  const tell = (sentence, field) => {
    $('error').textContent = sentence;
    for (const id of ['email', 'password']) $(id).setAttribute('aria-invalid', String(field === true));
  };

  // ---- the backend

  const base = document.querySelector('meta[name="pcc-api"]').content.replace(/\/+$/, '');
  const answerOf = async (response) => {
    const headers = ['content-type', 'pcc-time', 'x-request-id'].filter((name) => response.headers.has(name));
    return {
      status: response.status,
      retry: Number(response.headers.get('retry-after')) || 0,
      headers: headers.map((name) => name + ': ' + response.headers.get(name)).join('\n'),
      body: await response.text(),
    };
  };
  // A connection may be dead without a word: nobody waits for more than a minute.
  const ask = async (method, body) => {
    const abort = new AbortController();
    const deadline = setTimeout(() => abort.abort(), 60_000);
    try {
      return await answerOf(await fetch(base + '/api/v1/session', {
        method,
        body: body && JSON.stringify(body),
        headers: body ? { 'Content-Type': 'application/json' } : {},
        credentials: base ? 'include' : 'same-origin',
        cache: 'no-store',
        signal: abort.signal,
      }));
    } finally {
      clearTimeout(deadline);
    }
  };
  const pass = (answer) => {
    session = answer;
    if (!deliver) return;
    session = null;
    deliver(answer.status, answer.headers, answer.body);
  };
  const enter = (answer) => {
    $('password').value = '';
    $('notice').textContent = '';
    show('opening', words.opening);
    pass(answer);
  };
  const detail = (answer) => {
    try {
      return JSON.parse(answer.body).detail || words.server;
    } catch (notJson) {
      return words.server;
    }
  };

  // ---- the form

  const waitFor = (seconds) => {
    const until = Date.now() + seconds * 1000;
    clearInterval(pause);
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      const minutes = Math.floor(left / 60);
      $('submit').disabled = left > 0;
      $('submit').textContent = left > 0 ? 'Try again in ' + (minutes ? minutes + ' min ' : '') + (left % 60) + ' s' : 'Sign in';
      if (left <= 0) clearInterval(pause);
    };
    pause = setInterval(count, 500);
    count();
  };
  const refuse = (answer) => {
    show('form');
    if (answer.status === 429) {
      tell(words.waiting);
      return waitFor(answer.retry || 30);
    }
    tell(answer.status < 500 ? detail(answer) : words.server, answer.status === 401);
    $('password').select();
    $('password').focus();
  };
  const submit = async (event) => {
    event.preventDefault();
    if ($('sign-in').dataset.state !== 'form' || $('submit').disabled) return;
    tell('');
    $('notice').textContent = '';
    const [email, password] = [$('email').value.trim(), $('password').value];
    if (!email || !password) {
      tell(words.missing);
      return (email ? $('password') : $('email')).focus();
    }
    show('sending', 'Signing in…');
    try {
      const answer = await ask('POST', { email, password });
      if (answer.status !== 200) return refuse(answer);
      enter(answer);
    } catch (unreachable) {
      show('form');
      tell(words.offline);
      $('submit').focus();
    }
  };
  const watchCaps = (event) => {
    if (event.getModifierState) $('caps').hidden = !event.getModifierState('CapsLock');
  };

  // ---- asked again, while the form waits

  // The browser may have a session: another tab has signed in since, or the first answer did not come. To sign in once
  // more would end it. Whoever types is left alone.
  const isUntouched = () =>
    $('sign-in').dataset.state === 'form' && !$('password').value && $('email').value === emailWas;
  const askAgain = async () => {
    if (asking || document.hidden || !isUntouched()) return;
    asking = true;
    const answer = await ask('GET').catch(() => null);
    asking = false;
    if (!answer || answer.status >= 500) return askLater();
    unanswered = 0;
    if (!isUntouched()) return;
    if (answer.status === 200) enter(answer);
    else if ([words.offline, words.server].includes($('error').textContent)) tell('');
  };
  // Units: seconds; 2, 4, 8, and then every 15.
  const askLater = () => {
    clearTimeout(next);
    next = setTimeout(askAgain, Math.min(2 ** ++unanswered, 15) * 1000);
  };

  // ---- the plain page

  // Kept in this browser, as the theme is; web storage may be switched off.
  const keptPlain = () => {
    try {
      return localStorage.getItem('pcc-plain') === 'yes';
    } catch (refused) {
      return false;
    }
  };
  const showPlain = (on) => {
    pccPage.plain = on;
    $('plain').textContent = on ? 'Use the full view' : 'Use a plain page';
    $('plain-style').disabled = !on;
  };
  const choosePlain = (on) => {
    showPlain(on);
    try {
      if (on) localStorage.setItem('pcc-plain', 'yes');
      else localStorage.removeItem('pcc-plain');
    } catch (refused) {}
  };

  // ---- the program

  globalThis.pccPage = {
    plain: false,
    choosePlain,
    attach: (hand) => {
      deliver = hand;
      if (session) pass(session);
    },
    showSignIn: showForm,
    hideSignIn: () => {
      if ($('sign-in').dataset.state === 'broken') return;
      $('sign-in').hidden = true;
      $('console').inert = false;
      tell('');
      document.documentElement.classList.remove('signing-in');
    },
  };
  // Compiled while its glue is still on the way.
  const compile = async (url) => {
    try {
      return await WebAssembly.compileStreaming(fetch(url));
    } catch (unstreamed) {
      // A server that sends another media type, or a browser that cannot stream.
      const response = await fetch(url);
      if (!response.ok) throw new Error('status ' + response.status);
      return WebAssembly.compile(await response.arrayBuffer());
    }
  };
  const stop = (error) => fail(error instanceof WebAssembly.RuntimeError ? words.stopped : words.load);
  const compiled = typeof WebAssembly === 'object' && compile($('program').href);
  if (compiled) compiled.catch(stop);
  const run = async (imports, done) => {
    const program = await compiled;
    done(await WebAssembly.instantiate(program, imports), program);
  };
  globalThis.Module = {
    instantiateWasm: (imports, done) => {
      run(imports, done).catch(stop);
      return {};
    },
    onAbort: () => fail(words.stopped),
  };

  const start = async () => {
    show('checking', words.checking);
    try {
      const answer = await ask('GET');
      if (answer.status === 200) return pass(answer);  // what is shown stays: nothing more to read
      showForm('');
      if (answer.status < 500) return;
      tell(words.server);
    } catch (unreachable) {
      showForm('');
      tell(words.offline);
    }
    askLater();
  };

  $('form').addEventListener('submit', submit);
  showPlain(keptPlain());
  $('plain').addEventListener('click', () => choosePlain(!pccPage.plain));
  $('reload').addEventListener('click', () => location.reload());
  for (const type of ['keydown', 'keyup']) $('password').addEventListener(type, watchCaps);
  addEventListener('online', () => $('error').textContent === words.offline && tell(''));
  document.addEventListener('visibilitychange', askAgain);
  for (const type of ['online', 'focus']) addEventListener(type, askAgain);
  if (typeof WebAssembly !== 'object') {
    fail(words.old);
  } else {
    $('glue').addEventListener('error', () => fail(words.load));
    addEventListener('error', (event) => event.error instanceof WebAssembly.RuntimeError && fail(words.stopped));
    start();
  }
})();
