// SPDX-License-Identifier: GPL-2.0-only
// Starts the page: one lab, one player, one root.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { offerSpeeds } from "./player/speeds.ts";
import { startAddressBar } from "./store/addressBar.ts";
import { createLab } from "./store/lab.ts";
import { LabContext } from "./store/useLab.ts";
import { lendTheme, shownTheme } from "./theme/theme.ts";
import "./theme/index.css";

/** Longer than one frame, so that what was just said is painted before the work that follows blocks the page. */
const PAINT_MS = 32;

const lab = createLab(
  {
    async fetchBlob(path) {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      return answer.blob();
    },
    pause: () => new Promise((done) => setTimeout(done, PAINT_MS)),
  },
  shownTheme(),
  // Known before the link is read, so that nothing else is seen on the way there.
  /&view=fanout(&|$)/.test(location.hash) ? "fanout" : "lab",
);

offerSpeeds(lab);

// What plays comes with the first sign of somebody who could want it: a page that loads does without it.
const load = () => {
  for (const sign of SIGNS) removeEventListener(sign, load);
  import("./player/player.ts").then(
    ({ startPlayer }) => startPlayer(lab, window),
    () => lab.say("What plays could not be fetched. See that the page is still being served."),
  );
};
const SIGNS = ["pointermove", "keydown", "click"];
for (const sign of SIGNS) addEventListener(sign, load);

// The theme also changes with the system's; whoever changes it writes the attribute.
new MutationObserver(() => lab.setTheme(shownTheme())).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});

void startAddressBar(lab, window, lendTheme);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no element #root");
createRoot(root).render(
  <StrictMode>
    <LabContext value={lab}>
      <App />
    </LabContext>
  </StrictMode>,
);
