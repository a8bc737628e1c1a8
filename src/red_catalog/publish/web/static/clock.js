// Works out the legal periods of the tables below from a day that people choose.

const form = document.querySelector(".clock-form");
const kind = document.querySelector("#clock-kind");
const start = document.querySelector("#clock-start");
const body = document.querySelector(".clock-told tbody");
const day = new Intl.DateTimeFormat(form.dataset.lang === "fr" ? "fr-FR" : "en-GB", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

function addMonths(date, months) {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return first;
}

function cell(date) {
  const made = document.createElement("td");
  const time = document.createElement("time");
  time.dateTime = date.toISOString().slice(0, 10);
  time.textContent = day.format(date);
  made.append(time);
  const weekday = date.getUTCDay();
  if (weekday === 0 || weekday === 6) {
    const moved = new Date(date);
    moved.setUTCDate(date.getUTCDate() + (weekday === 6 ? 2 : 1));
    const note = document.createElement("small");
    note.textContent = `${form.dataset.weekend} ${day.format(moved)}`;
    made.append(document.createElement("br"), note);
  }
  return made;
}

function reckon() {
  const given = start.valueAsDate;
  body.replaceChildren();
  if (!given) return;
  let usual = given;
  let late = given;
  for (const step of document.querySelectorAll(`[data-clock="${kind.value}"] tbody tr`)) {
    const months = Number(step.dataset.months);
    usual = addMonths(usual, months);
    late = addMonths(late, months + Number(step.dataset.more));
    const row = document.createElement("tr");
    row.append(step.querySelector("th").cloneNode(true), cell(usual), cell(late));
    body.append(row);
  }
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", reckon);
const asked = location.hash.slice(1);
if ([...kind.options].some((option) => option.value === asked)) kind.value = asked;
form.hidden = false;
reckon();
