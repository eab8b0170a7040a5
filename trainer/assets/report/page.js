/** Draws a training report's charts from the options that the page holds, and answers the controls of its map. */
(() => {
  const options = JSON.parse(document.getElementById('charts').textContent);
  const charts = new Map();

  /** The page's colours as they are now; a browser resolves `light-dark()` on elements only. */
  function themeOfPage() {
    const probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
    const colour = (name) => {
      probe.className = `colour-${name}`;
      return getComputedStyle(probe).color;
    };
    const [text, soft, line, surface] = ['text', 'soft', 'line', 'surface'].map(colour);
    const series = Array.from({ length: 12 }, (_, place) => colour(`series-${place + 1}`));
    probe.remove();
    const axis = {
      axisLine: { lineStyle: { color: line } },
      axisTick: { lineStyle: { color: line } },
      axisLabel: { color: soft },
      nameTextStyle: { color: soft },
      splitLine: { lineStyle: { color: line } },
    };
    return {
      color: series,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
      categoryAxis: { ...axis, splitLine: { show: false } },
      valueAxis: axis,
      legend: { textStyle: { color: text }, inactiveColor: line },
      tooltip: { backgroundColor: surface, borderColor: line, textStyle: { color: text } },
      scatter: { label: { color: text, textBorderColor: surface, textBorderWidth: 2 } },
      markLine: { lineStyle: { color: series[0] } },
    };
  }

  function draw() {
    const theme = themeOfPage();
    for (const element of document.querySelectorAll('[data-chart]')) {
      const kept = charts.get(element.id);
      if (kept) {
        kept.setTheme(theme);
        continue;
      }
      const chart = echarts.init(element, theme);
      chart.setOption(withTooltip(element.id, options[element.id]));
      new ResizeObserver(() => chart.resize()).observe(element);
      charts.set(element.id, chart);
    }
  }

  /** The map tells of a point its title, genres and ratings; functions cannot stand in JSON. */
  function withTooltip(id, option) {
    if (id !== 'item-map') return option;
    const formatter = ({ data }) => `${data.name}\n${data.note}`;
    return { ...option, tooltip: { ...option.tooltip, formatter } };
  }

  function listenToMap() {
    const map = charts.get('item-map');
    if (!map) return;
    const { series } = options['item-map'];
    const answer = document.getElementById('map-answer');
    const search = document.getElementById('map-search');

    const zooms = () => map.getOption().dataZoom.map(({ start, end }) => [start, end]);
    const setZooms = (ranges) =>
      map.dispatchAction({
        type: 'dataZoom',
        batch: ranges.map(([start, end], dataZoomIndex) => ({ dataZoomIndex, start, end })),
      });
    /** Widens or narrows what is seen about its middle, within the map. */
    const scaled =
      (factor) =>
      ([start, end]) => {
        const width = Math.min(100, (end - start) * factor);
        const from = Math.min(Math.max((start + end - width) / 2, 0), 100 - width);
        return [from, from + width];
      };
    const steps = {
      in: () => setZooms(zooms().map(scaled(1 / 2))),
      out: () => setZooms(zooms().map(scaled(2))),
      all: () => setZooms(zooms().map(() => [0, 100])),
    };
    for (const button of document.querySelectorAll('[data-zoom]')) {
      button.addEventListener('click', steps[button.dataset.zoom]);
    }

    series.forEach(({ name, symbol, data }, place) => {
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = true;
      const sign = document.createElement('span');
      sign.className = `sign ${symbol} colour-series-${(place % 12) + 1}`;
      label.append(box, sign, `${name} (${data.length})`);
      box.addEventListener('change', () => {
        map.dispatchAction({ type: box.checked ? 'legendSelect' : 'legendUnSelect', name });
      });
      document.getElementById('map-genres').append(label);
    });

    const found = series.flatMap(({ data }, seriesIndex) =>
      data.map((point, dataIndex) => ({ point, seriesIndex, dataIndex, key: point.name.toLowerCase() })),
    );
    const titles = document.getElementById('map-titles');
    search.addEventListener('input', () => {
      const text = search.value.trim().toLowerCase();
      const matching = text.length < 2 ? [] : found.filter(({ key }) => key.includes(text));
      titles.replaceChildren(
        ...matching.slice(0, 20).map(({ point }) => {
          const option = document.createElement('option');
          option.value = point.name;
          return option;
        }),
      );
      const exact = matching.find(({ key }) => key === text);
      if (exact) show(exact);
    });
    document.getElementById('map-controls').addEventListener('submit', (event) => {
      event.preventDefault();
      const text = search.value.trim().toLowerCase();
      const hit = found.find(({ key }) => key === text) ?? found.find(({ key }) => key.includes(text));
      if (text !== '' && hit) show(hit);
      else
        answer.textContent =
          text === '' ? 'Type a title first.' : `No movie on the map has “${search.value}” in its title.`;
    });

    /** Brings a point to the middle at eightfold size and opens its tip. */
    function show({ point, seriesIndex, dataIndex }) {
      const extents = [0, 1].map((axis) => {
        const values = found.map((other) => other.point.value[axis]);
        return [Math.min(...values), Math.max(...values)];
      });
      const width = 100 / 8;
      setZooms(
        extents.map(([low, high], axis) => {
          const place = (100 * (point.value[axis] - low)) / (high - low || 1);
          const start = Math.min(Math.max(place - width / 2, 0), 100 - width);
          return [start, start + width];
        }),
      );
      map.dispatchAction({ type: 'downplay' });
      map.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
      map.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
      answer.textContent = `${point.name}: ${point.note}`;
    }
  }

  draw();
  listenToMap();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  document.documentElement.dataset.drawn = String(charts.size);
})();
