// Dutch words for the texts that Streamlit writes itself and that it cannot be told to translate.
// Texts of the dashboard and of its users are never touched (see OURS).
const WORDS = {
  "Upload": "Bestand kiezen",
  "Browse files": "Bestand kiezen",
  "Drag and drop file here": "Sleep een bestand hierheen",
  "Drop file here": "Sleep een bestand hierheen",
  "Drop files here": "Sleep bestanden hierheen",
  "file upload": "bestand uploaden",
  "Choose an option": "Kies een optie",
  "Choose options": "Kies opties",
  "Selected values": "Gekozen waarden",
  "Select all": "Alles kiezen",
  "Choose date": "Kies een datum",
  "yyyy": "jjjj",
  "Clear all": "Alles wissen",
  "Clear": "Wissen",
  "No results": "Niets gevonden",
  "No options to select": "Er is niets te kiezen",
  "Open": "Openen",
  "Close": "Sluiten",
  "App pages": "Pagina's",
  "Main menu": "Menu",
  "Skip to main content": "Naar de inhoud",
  "Navigate to home page": "Naar Start",
  "Link to heading": "Link naar deze kop",
  "Increment": "Verhogen",
  "Decrement": "Verlagen",
  "Increment value": "Verhogen",
  "Decrement value": "Verlagen",
  "Search": "Zoeken",
  "Fullscreen": "Volledig scherm",
  "Exit fullscreen": "Volledig scherm sluiten",
  "Close fullscreen": "Volledig scherm sluiten",
  "Open fullscreen": "Volledig scherm",
  "Running...": "Bezig…",
  "Running": "Bezig",
  "Stop": "Stoppen",
  "Connecting": "Verbinden",
  "Press Enter to apply": "Druk op Enter om te bevestigen",
  "Logo": "Welbevinden op school",
  "Loading": "Laden",
  "More": "Meer",
  "Page not found": "Deze pagina bestaat niet",
  "The page that you have requested does not seem to exist. Running the app's main page.":
    "We openen de startpagina.",
  "Add files": "Een ander bestand kiezen",
  "Delete file": "Bestand verwijderen",
  "Remove file": "Bestand verwijderen",
  "Please wait...": "Even geduld …",
  "Is the server still running?": "Het dashboard is gestopt. Start het opnieuw.",
};
const PATTERNS = [
  [/^(\d+)\s?MB per file(.*)$/, "$1 MB per bestand$2"],
  [/^Help for (.*)$/, "Uitleg bij: $1"],
  [/^day, (.*)$/, "dag, $1"],
  [/^month, (.*)$/, "maand, $1"],
  [/^year, (.*)$/, "jaar, $1"],
  [/^Remove (.*)$/, "Verwijder $1"],
  [/^Delete (.*)$/, "Verwijder $1"],
  [/^(\d+) more$/, "Nog $1"],
  [/^Selected (.*)$/, "Gekozen: $1"],
];
const OURS = "[data-testid=stMarkdown],[data-testid=stHtml],[data-testid=stTable],[data-testid=stWidgetLabel],"
  + "[data-testid=stAlert],input,textarea,[role=option]";
// The menu of a small screen is a list with other things between its items: for a screen reader it is no list.
const BROKEN_LIST = "[data-testid=stSidebarNavItems], [data-testid=stSidebarNavItems] li";
const NAMES = ["aria-label", "title", "placeholder", "alt"];

function dutch(text) {
  const key = text.trim();
  if (Object.hasOwn(WORDS, key)) return text.replace(key, WORDS[key]);
  for (const [pattern, words] of PATTERNS) {
    if (pattern.test(key)) return key.replace(pattern, words);
  }
  return text;
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.parentElement?.closest(OURS)) return;
    const words = dutch(node.data);
    if (words !== node.data) node.data = words;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches("[data-testid=stMarkdown],[data-testid=stHtml]")) return;
  if (node.matches(BROKEN_LIST)) node.setAttribute("role", "none");
  for (const name of NAMES) {
    const text = node.getAttribute(name);
    if (!text) continue;
    const words = dutch(text);
    if (words !== text) node.setAttribute(name, words);
  }
  node.childNodes.forEach(translate);
}

const observer = new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translate);
    else translate(change.target);
  }
});
observer.observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
});
translate(document.documentElement);
