// The half of the harness that runs in the page, before any script of the candidate. Handed over as a function, so it
// uses nothing from around it.

export function installInPage() {
  const bench = (window.bench = { frames: 0, longTasks: [], done: null, last: null });
  const frame = window.requestAnimationFrame.bind(window);
  // Counts the candidate's own frames.
  window.requestAnimationFrame = (act) => frame((time) => {
    bench.frames++;
    act(time);
  });
  try {
    new PerformanceObserver((list) => list.getEntries().forEach((one) => bench.longTasks.push([one.startTime, one.duration])))
      .observe({ type: 'longtask', buffered: true });
  } catch {}

  // From the time of the input event to the frame after the one that first shows what is wanted.
  bench.arm = (type, probe, want) => {
    const look = new Function(`return ${probe}`);
    bench.done = null;
    window.addEventListener(type, (event) => {
      const start = event.timeStamp;
      const watch = () => {
        let seen;
        try {
          seen = look();
        } catch {}
        if (seen && seen.count === want.count && seen.first === want.first) {
          frame(() => (bench.done = { time: performance.now() - start }));
        } else {
          bench.last = seen;
          frame(watch);
        }
      };
      frame(watch);
    }, { capture: true, once: true });
  };

  // Where the rows stand on each frame.
  bench.record = (position) => {
    const look = new Function(`return ${position}`);
    const seen = [];
    const start = performance.now();
    let on = true;
    const watch = (time) => {
      if (!on) return;
      seen.push([time, look()[0]]);
      frame(watch);
    };
    frame(watch);
    bench.stop = () => {
      on = false;
      return { seen, longTasks: bench.longTasks.filter((one) => one[0] + one[1] >= start) };
    };
  };
}
