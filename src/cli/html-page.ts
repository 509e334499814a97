/** The style and the behaviour of the page that `render-html.ts` writes; they run in a browser. */

export const pageStyle = `
*{box-sizing:border-box}
body{margin:0;height:100vh;display:flex;flex-direction:column;font:14px/1.45 system-ui,Arial,sans-serif;color:#212529;background:#f8f9fa}
header{display:flex;gap:16px;align-items:center;padding:8px 16px;background:#fff;border-bottom:1px solid #dee2e6}
h1{font-size:16px;margin:0;white-space:pre-wrap}
header span{color:#5c636a;flex:1}
input{padding:5px 9px;border:1px solid #adb5bd;border-radius:6px;font:inherit}
main{flex:1;display:flex;min-height:0}
#picture{flex:1;overflow:hidden;cursor:grab;background:#fff;touch-action:none}
#picture svg{width:100%;height:100%;display:block}
#details{width:360px;overflow:auto;padding:12px 16px;border-left:1px solid #dee2e6;background:#fff}
#details h2{font-size:16px;margin:0 0 8px;overflow-wrap:anywhere}
#details dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:0 0 12px}
#details dt{color:#5c636a}
#details dd{margin:0;overflow-wrap:anywhere}
#details h3{font-size:13px;margin:12px 0 4px;color:#5c636a}
#details pre{margin:0;padding:8px;background:#f1f3f5;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
#details button{border:0;background:none;padding:0;color:#1c6fc4;cursor:pointer;font:inherit;text-align:left;overflow-wrap:anywhere}
g.node{cursor:pointer}
svg.chosen g.node:not(.near):not(#legend),svg.chosen g.edge:not(.near){opacity:.25}
g.node.here>path,g.node.here a>path,g.node.here polygon{stroke-width:3.5}
`;

export const pageScript = `
const tasks = JSON.parse(document.getElementById('tasks').textContent);
const svg = document.querySelector('#picture svg');
const details = document.getElementById('details');
const nodes = tasks.map((_, i) => document.getElementById('n' + i));
const edges = [...svg.querySelectorAll('g.edge')].map((g) => [g, (g.querySelector('title').textContent.match(/\\d+/g) || []).map(Number)]);
const element = (name, text) => { const e = document.createElement(name); if (text !== undefined) e.textContent = text; return e; };
const show = (index) => {
  const task = tasks[index];
  if (!task) return;
  details.replaceChildren(element('h2', task.id === '' ? "''" : task.id));
  const list = element('dl');
  for (const key of ['action', 'type', 'status', 'scope', 'place']) {
    if (task[key] === undefined || task[key] === '') continue;
    list.append(element('dt', key), element('dd', task[key]));
  }
  details.append(list);
  for (const [title, others] of [['requires', task.requires], ['required by', task.requiredBy]]) {
    if (others.length === 0) continue;
    details.append(element('h3', title));
    for (const [other, why] of others) {
      const row = element('div');
      const button = element('button', tasks[other].id);
      button.onclick = () => show(other);
      row.append(button, ' (' + why + ')');
      details.append(row);
    }
  }
  for (const [title, data] of [['policy', task.policy], ...task.inputs]) {
    if (data === undefined || data === null) continue;
    details.append(element('h3', title), element('pre', JSON.stringify(data, null, 2)));
  }
  const near = new Set([index, ...task.requires.map((r) => r[0]), ...task.requiredBy.map((r) => r[0])]);
  svg.classList.add('chosen');
  nodes.forEach((node, i) => { node.classList.toggle('near', near.has(i)); node.classList.toggle('here', i === index); });
  for (const [g, ends] of edges) g.classList.toggle('near', ends.includes(index));
};
nodes.forEach((node, i) => node.addEventListener('click', (event) => { event.preventDefault(); show(i); }));
document.getElementById('find').addEventListener('input', (event) => {
  const text = event.target.value.toLowerCase();
  const found = text === '' ? -1 : tasks.findIndex((task) => task.id.toLowerCase().includes(text));
  if (found >= 0) show(found); else svg.classList.remove('chosen');
});
const box = svg.viewBox.baseVal;
svg.removeAttribute('width');
svg.removeAttribute('height');
const scale = () => Math.max(box.width / svg.clientWidth, box.height / svg.clientHeight);
svg.addEventListener('wheel', (event) => {
  event.preventDefault();
  const factor = Math.exp(event.deltaY / 500);
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  box.x = point.x - (point.x - box.x) * factor;
  box.y = point.y - (point.y - box.y) * factor;
  box.width *= factor;
  box.height *= factor;
}, { passive: false });
let from;
svg.addEventListener('pointerdown', (event) => { from = [event.clientX, event.clientY, box.x, box.y]; });
addEventListener('pointerup', () => { from = undefined; });
addEventListener('pointermove', (event) => {
  if (!from) return;
  box.x = from[2] - (event.clientX - from[0]) * scale();
  box.y = from[3] - (event.clientY - from[1]) * scale();
});
`;
