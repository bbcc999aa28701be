// Which nodes of the mirror are touched while something happens, and whether they had to be.

/** Watches the mirror while `act` runs: the elements touched, and whether what they say has changed. */
export async function touchedBy(page, act) {
  await page.evaluate(() => {
    const root = document.getElementById('mirror');
    const told = (element) => JSON.stringify([element.childElementCount ? '' : element.textContent,
      Array.from(element.attributes, (one) => [one.name, one.value]), element.parentElement === root ? 'root' : '']);
    const before = new Map(Array.from(root.querySelectorAll('*'), (element) => [element, told(element)]));
    const records = [];
    const observer = new MutationObserver((list) => records.push(...list));
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    window.watchedMirror = () => {
      records.push(...observer.takeRecords());
      observer.disconnect();
      const touched = new Set(records.map((one) => (one.target.nodeType === Node.TEXT_NODE ? one.target.parentElement : one.target)));
      return { all: before.size, touched: Array.from(touched, (element) => ({
        name: `${element.tagName} ${element.textContent.slice(0, 40)}`, tag: element.tagName, leaf: element.childElementCount === 0,
        changed: !before.has(element) || before.get(element) !== told(element) })) };
    };
  });
  await act();
  return page.evaluate(() => window.watchedMirror());
}

/** Elements touched although they say the same as before. */
export const needless = ({ touched }) => touched.filter((one) => !one.changed).map((one) => one.name);
