// SPDX-License-Identifier: GPL-2.0-only
import { memo, useEffect, useState } from "react";
import { announce } from "../player/announce.ts";
import { useLab } from "../store/useLab.ts";

/** The run for those who listen, in one live region: each step as the viewer steps, now and then while it plays. */
export const Spoken = memo(function Spoken() {
  const lab = useLab();
  const [text, setText] = useState("");
  useEffect(() => announce(lab, setText), [lab]);
  return (
    <p className="spoken" aria-live="polite" data-testid="spoken">
      {text}
    </p>
  );
});
