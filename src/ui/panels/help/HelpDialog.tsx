// SPDX-License-Identifier: GPL-2.0-only
import { memo, useState } from "react";
import { hasCharacterKeys, setCharacterKeys } from "../../player/characterKeys.ts";
import { KEY, KEY_RARE } from "../../scene/keyScene.ts";
import { GLOSSARY } from "../../text/glossary.ts";
import { Dialog } from "../../widgets/Dialog.tsx";
import { LeftIcon, RightIcon } from "../../widgets/icons.tsx";
import { Kbd } from "../../widgets/Kbd.tsx";
import { Sample } from "../key/MarkKey.tsx";
import styles from "./Help.module.css";
import { KEY_GROUPS } from "./keys.ts";
import { MARK_MEANINGS } from "./marks.ts";

/** All keys, and what a step, the marks and the words are. */
export const HelpDialog = memo(function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys, marks and words" label="All keys, a step, the marks and the words" onClose={onClose}>
      <div className={styles.body}>
        <div className={styles.groups}>
          {KEY_GROUPS.map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h3>{group.title}</h3>
              <dl className={styles.list}>
                {group.lines.map(({ keys, does }) => (
                  <div key={does}>
                    <dt>
                      {keys.map((key) => (
                        <Kbd key={key}>
                          <KeyName name={key} />
                        </Kbd>
                      ))}
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <CharacterKeys />
        <p className={styles.note}>
          A field, a list or a button keeps the keys that it uses itself. Among the buttons of the transport
          the arrows move from one to the next; on the scrubber Page Up and Page Down move by an operation, or
          by a tenth.
        </p>
        <h3>A step</h3>
        <p>
          A step is what one task does from one point where another could run to the next: a lock taken, a
          memslot called, a range zapped, a TLB flushed, pages freed. It is not time. Both designs begin each
          operation together, and the one that is done first waits.
        </p>
        <h3>Marks</h3>
        <ul className={styles.marks}>
          {[...KEY, ...KEY_RARE].map((entry) => (
            <li key={entry.word}>
              <Sample entry={entry} />
              <span>
                <b>{entry.word}</b> {MARK_MEANINGS[entry.word]}
              </span>
            </li>
          ))}
        </ul>
        <p className={styles.note}>
          The ticks along the scrubber are the upper design's above the line and the lower design's below it:
          needed calls, freed pages, and whatever broke or was refused.
        </p>
        <h3>Words</h3>
        <p className={styles.note}>
          What is underlined in a caption, and the name of a row, a lane or a figure, says the same where the
          pointer is on it; the words of a caption also have the focus, one after the other with the arrows.
        </p>
        <dl className={styles.words} data-testid="words">
          {GLOSSARY.map(({ name, says }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
});

const ARROWS = { "←": <LeftIcon />, "→": <RightIcon /> };

/** The fonts lack arrows: they are drawn, and a listener hears a word. */
function KeyName({ name }: { name: string }) {
  const arrow = name.at(-1) ?? "";
  if (arrow !== "←" && arrow !== "→") return name;
  return (
    <>
      {name.slice(0, -1)}
      {ARROWS[arrow]}
      <span className="spoken">{arrow === "←" ? "Left" : "Right"}</span>
    </>
  );
}

/** Some speak to their computer, and some hit keys by chance: for them a character must not be a command. */
function CharacterKeys() {
  const [on, setOn] = useState(hasCharacterKeys);
  return (
    <label className={styles.switch}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          setCharacterKeys(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
      Letters, digits and signs are keys of the page
    </label>
  );
}
