// SPDX-License-Identifier: GPL-2.0-only
import { memo, useEffect, useState } from "react";
import { useLab } from "../../store/useLab.ts";
import { IconButton } from "../../widgets/IconButton.tsx";
import { LinkIcon } from "../../widgets/icons.tsx";
import styles from "./CopyLink.module.css";

/** How long the answer is seen. */
const ANSWER_MS = 4_000;

/** Copies the address of exactly what is shown. */
export const CopyLink = memo(function CopyLink() {
  const lab = useLab();
  const [answer, setAnswer] = useState("");
  useEffect(() => {
    if (answer === "") return;
    const timer = setTimeout(() => setAnswer(""), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [answer]);

  function say(text: string): void {
    setAnswer(text);
    lab.tell(text);
  }

  async function copy(): Promise<void> {
    try {
      const { copyLink } = await import("./copyLink.ts");
      await copyLink(lab);
      say("Link copied.");
    } catch {
      // No clipboard here, or none for this page; the address bar says the same.
      say("Copy it from the address bar.");
    }
  }
  return (
    <span className={styles.frame}>
      <IconButton label="Copy the link to this picture" icon={<LinkIcon />} onClick={() => void copy()} />
      {answer === "" ? null : <span className={styles.answer}>{answer}</span>}
    </span>
  );
});
