// SPDX-License-Identifier: GPL-2.0-only
// The page frame: what stands above every view, and the keyboard map.

import { type ReactNode, useEffect, useState } from "react";
import styles from "./App.module.css";
import { hasCharacterKeys } from "./player/characterKeys.ts";
import { type Command, commandOf, focusedOf } from "./player/keyboard.ts";
import { changeSpeed, jump, step } from "./player/moves.ts";
import { CodeToggle } from "./panels/code/CodeToggle.tsx";
import { Help, type HelpProps } from "./panels/help/Help.tsx";
import { Intake, WantedOnDemand } from "./panels/intake/Intake.tsx";
import { CopyLink } from "./panels/link/CopyLink.tsx";
import { LogToggle } from "./panels/log/LogToggle.tsx";
import { Picker } from "./panels/picker/Picker.tsx";
import type { Lab } from "./store/lab.ts";
import { useLab, useShown } from "./store/useLab.ts";
import type { View } from "./store/place.ts";
import { showTheme, type Theme } from "./theme/theme.ts";
import { Compare } from "./views/Compare.tsx";
import { fanoutPart } from "./views/fanoutPart.ts";
import { Guarded } from "./views/Guarded.tsx";
import { Button } from "./widgets/Button.tsx";
import { Demanded } from "./widgets/Demanded.tsx";
import { IconButton } from "./widgets/IconButton.tsx";
import { MoonIcon, SunIcon } from "./widgets/icons.tsx";

/** The whole page. */
export function App() {
  const lab = useLab();
  const [help, setHelp] = useState(false);
  const [files, setFiles] = useState<readonly File[] | null>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // What lies under a dialog does not hear.
      const isDeaf = event.defaultPrevented || document.querySelector("dialog[open]") !== null;
      const command = isDeaf ? null : commandOf(event, focusedOf(document.activeElement), hasCharacterKeys());
      const isOfView = lab.store.getState().view === "lab" || IN_EVERY_VIEW.has(command ?? "help");
      if (command === null || !isOfView) return;
      event.preventDefault();
      COMMANDS[command](lab, { help: () => setHelp(true) });
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [lab]);

  const busy = useShown((state) => state.loading !== null);
  const view = useShown((state) => state.view);
  return (
    <div className={styles.page} aria-busy={busy}>
      <TopBar help={help} onHelp={setHelp}>
        <Intake files={files} setFiles={setFiles} />
      </TopBar>
      <Notice onChoose={() => setFiles([])} />
      <Guarded what="The view" again={view}>
        {view === "lab" ? (
          <Compare />
        ) : (
          <Demanded part={fanoutPart} what="fan-out view">
            {({ Fanout }) => <Fanout />}
          </Demanded>
        )}
      </Guarded>
    </div>
  );
}

/** All other commands move what the lab plays. */
const IN_EVERY_VIEW: ReadonlySet<Command> = new Set(["theme", "help", "view"]);

/** What keys do that is not the lab's to do. */
interface Page {
  help(): void;
}

const COMMANDS: Record<Command, (lab: Lab, page: Page) => void> = {
  playOrPause: (lab) => lab.setPlaying(!lab.store.getState().playing),
  forward: (lab) => step(lab, 1),
  back: (lab) => step(lab, -1),
  forwardNotWasted: (lab) => step(lab, 1, true),
  backNotWasted: (lab) => step(lab, -1, true),
  first: (lab) => lab.goTo(0),
  last: (lab) => lab.goTo(Number.POSITIVE_INFINITY),
  slower: (lab) => changeSpeed(lab, -1),
  faster: (lab) => changeSpeed(lab, 1),
  nextNeeded: (lab) => jump(lab, "needed", 1),
  previousNeeded: (lab) => jump(lab, "needed", -1),
  nextPunch: (lab) => jump(lab, "punch", 1),
  previousPunch: (lab) => jump(lab, "punch", -1),
  nextFinding: (lab) => jump(lab, "finding", 1),
  previousFinding: (lab) => jump(lab, "finding", -1),
  punch: () => document.querySelector<HTMLInputElement>("[data-field=punch]")?.select(),
  nearer: (lab) => lab.zoomBy(1),
  wider: (lab) => lab.zoomBy(-1),
  code: (lab) => lab.toggleCode(),
  timeline: (lab) => lab.toggleTimeline(),
  overview: (lab) => lab.toggleOverview(),
  life: (lab) => void import("./panels/life/pickPage.ts").then(({ pickPage }) => pickPage(lab)),
  view: (lab) => lab.setView(lab.store.getState().view === "lab" ? "fanout" : "lab"),
  theme: (lab) => showTheme(otherTheme(lab.store.getState().theme)),
  both: (lab) => lab.setOnly(null),
  upper: (lab) => lab.setOnly(0),
  lower: (lab) => lab.setOnly(1),
  swap(lab) {
    const { loaded } = lab.store.getState();
    if (loaded !== null) void lab.setDesigns([loaded.plays[1].variant, loaded.plays[0].variant]);
  },
  help: (_, page) => page.help(),
  letGo(lab) {
    lab.pin(null);
    lab.light(null);
    lab.setDraft(null);
  },
};

const otherTheme = (theme: Theme): Theme => (theme === "dark" ? "light" : "dark");

/** Without a width; a line does not end where it stands, so that the sign of an errno stays with it. */
const WORD_JOINER = "\u2060";

function TopBar({ help, onHelp, children }: HelpProps & { children: ReactNode }) {
  const theme = useShown((state) => state.theme);
  const about = useShown((state) => state.loaded?.scenario.about);
  const other = otherTheme(theme);
  const isLab = useShown((state) => state.view === "lab");
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>
        <Logo />
        <span>Restricted Memory Lab</span>
      </h1>
      <Views />
      {isLab ? <Picker /> : null}
      <p className={styles.about}>{isLab ? about?.replace(/-(?=E[A-Z])/g, `-${WORD_JOINER}`) : null}</p>
      <div className={styles.end}>
        {children}
        {isLab ? <LogToggle /> : null}
        {isLab ? <CodeToggle /> : null}
        <CopyLink />
        <Help help={help} onHelp={onHelp} />
        <IconButton
          label={`Show the ${other} theme`}
          icon={theme === "dark" ? <SunIcon /> : <MoonIcon />}
          keys="t"
          onClick={() => showTheme(other)}
        />
      </div>
    </header>
  );
}

const VIEWS: readonly (readonly [View, string])[] = [
  ["lab", "Lab"],
  ["fanout", "Fan-out"],
];

/** The views of the page; the one that is shown is underlined. */
function Views() {
  const lab = useLab();
  const view = useShown((state) => state.view);
  return (
    <nav className={styles.views} aria-label="Views">
      {VIEWS.map(([id, name]) => (
        <button
          key={id}
          type="button"
          aria-current={view === id ? "page" : undefined}
          aria-keyshortcuts="v"
          onClick={() => lab.setView(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

/** Four pages, one of them punched. */
function Logo() {
  return (
    <svg className={styles.logo} viewBox="0 0 24 16" width="26" height="18" aria-hidden="true">
      <path className={styles.logoPage} d="M0 4h4.5v8H0zM5.5 4H10v8H5.5zM19.5 4H24v8h-4.5z" />
      <path className={styles.logoHole} d="M12 4.5h5v7h-5zM14.5 0v3M14.5 13v3" />
    </svg>
  );
}

/** What is on its way, or what went wrong; a line under the bar, and nothing where there is neither. */
function Notice({ onChoose }: { onChoose: () => void }) {
  const lab = useLab();
  const loading = useShown((state) => state.loading);
  const trouble = useShown((state) => state.trouble);
  return (
    <div data-testid="notice">
      <WantedOnDemand onChoose={onChoose} />
      {trouble === null ? null : (
        <p className={styles.trouble}>
          <span>{trouble}</span>
          <Button onClick={lab.dismiss}>Dismiss</Button>
        </p>
      )}
      {loading === null ? null : <p className={styles.loading}>Playing {loading}.</p>}
    </div>
  );
}
