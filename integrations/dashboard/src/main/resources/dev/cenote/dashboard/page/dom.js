// The few things that the page does to its tree. Text is only ever set as text.

export const $ = id => document.getElementById(id);

/** An element with that class, holding those texts and elements. */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Sets the text where it differs: what is unchanged is not laid out again. */
export function put(element, text) {
  const wanted = String(text);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** Sets a data attribute where it differs; none for null. */
export function mark(element, name, value) {
  if (value == null) {
    if (name in element.dataset) delete element.dataset[name];
  } else if (element.dataset[name] !== String(value)) {
    element.dataset[name] = value;
  }
}

/**
 * Shows items as children of a parent and keeps the child of each key, so that what is open, focused or selected stays so.
 * `create` makes an element for an item; `update` brings it up to date.
 */
export function keyed(parent, key, create, update) {
  const shown = new Map();
  return items => {
    const gone = new Set(shown.keys());
    let before = parent.firstElementChild;
    items.forEach((item, index) => {
      const name = String(key(item, index));
      gone.delete(name);
      let element = shown.get(name);
      if (!element) {
        element = create(item);
        shown.set(name, element);
      }
      if (element === before) before = before.nextElementSibling;
      else parent.insertBefore(element, before);
      update(element, item);
    });
    for (const name of gone) {
      shown.get(name).remove();
      shown.delete(name);
    }
  };
}
