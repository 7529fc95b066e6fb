// Questions before something is done. The dialogs are the browser's own: Esc closes them, the focus stays within and returns.

import { $, put } from './dom.js';

for (const dialog of document.querySelectorAll('dialog')) {
  dialog.querySelectorAll('[data-cancel]').forEach(button => button.addEventListener('click', () => dialog.close('cancel')));
}

/** Asks for the token; resolves with it, or null. */
export function askToken(reason) {
  const dialog = $('token-dialog');
  $('token-input').value = '';
  put($('token-error'), reason);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'ok' ? $('token-input').value.trim() : null), { once: true }));
}

const WORDS = {
  pause: ['Pause', 'Acquires are refused until it is made ready again. Whoever waits fails, and idle connections are closed.'],
  clear: ['Clear', 'All connections that are open now are closed, idle ones at once, and others opened as they are needed. Whoever waits fails.'],
  resize: ['Resize', 'Takes effect at once. Above a lower maxSize, idle connections are closed now and leased ones when they are returned.'],
};

/**
 * Asks how something is to be done, and does it: `perform(body)` rejects with what went wrong, which is shown, and the
 * dialog stays. Resolves with true once it is done.
 */
export function askChange(what, pool, perform) {
  const dialog = $('change-dialog');
  const [verb, text] = WORDS[what];
  put($('change-title'), `${verb} ${pool.name}?`);
  put($('change-text'), text);
  put($('change-ok'), verb);
  put($('change-error'), '');
  $('in-use').hidden = what === 'resize';
  $('sizes').hidden = what !== 'resize';
  dialog.querySelector('[name="in-use"][value="KEPT"]').checked = true;
  $('min-size').value = pool.minSize;
  $('max-size').value = pool.maxSize;
  const form = dialog.querySelector('form');
  const ok = $('change-ok');
  ok.disabled = false;
  return new Promise(done => {
    const submit = async event => {
      event.preventDefault();
      ok.disabled = true;
      try {
        await perform(body(what, dialog));
        dialog.close('ok');
      } catch (failure) {
        put($('change-error'), failure.message);
        ok.disabled = false;
      }
    };
    form.addEventListener('submit', submit);
    dialog.addEventListener('close', () => {
      form.removeEventListener('submit', submit);
      done(dialog.returnValue === 'ok');
    }, { once: true });
    dialog.returnValue = '';
    dialog.showModal();
    (what === 'resize' ? $('max-size') : ok).focus();
  });
}

function body(what, dialog) {
  if (what !== 'resize') return { inUse: dialog.querySelector('[name="in-use"]:checked').value };
  const size = id => ($(id).value === '' ? null : Number($(id).value));
  return { minSize: size('min-size'), maxSize: size('max-size') };
}
