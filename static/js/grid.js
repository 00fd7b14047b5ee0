// <table data-grid>: a digit leads to the next cell, the arrows go up and down, Backspace in an empty cell goes back.
for (const grid of document.querySelectorAll("table[data-grid]")) {
  const cells = [...grid.querySelectorAll("input[data-digit]")];
  const inRow = (cell) => [...cell.closest("tr").querySelectorAll("input[data-digit]")];
  const go = (cell) => { if (cell) { cell.focus(); cell.select(); } };
  grid.addEventListener("input", (event) => {
    const cell = event.target;
    if (cell.dataset.digit && cell.value.length >= Number(cell.dataset.digit)) go(cells[cells.indexOf(cell) + 1]);
  });
  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.dataset.digit) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      const column = inRow(cell).indexOf(cell);
      const rows = [...grid.querySelectorAll("tbody tr")].filter((row) => row.querySelector("input[data-digit]"));
      const row = rows[rows.indexOf(cell.closest("tr")) + step];
      if (row) go(row.querySelectorAll("input[data-digit]")[column]);
    } else if (event.key === "Backspace" && !cell.value) {
      event.preventDefault();
      go(cells[cells.indexOf(cell) - 1]);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault(); // one sheet after the other; saving is a button's matter
      go(cells[cells.indexOf(cell) + 1]);
    }
  });
}
