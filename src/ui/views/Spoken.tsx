// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useShown } from "../store/useLab.ts";
import { caption, variantName, why } from "../text/index.ts";

/** Each step as a sentence for those who listen. Silent while playing: four a second would only be cut short. */
export const Spoken = memo(function Spoken({ frames }: { frames: Both<Frame> }) {
  const playing = useShown((state) => state.playing);
  return (
    <div className="spoken" aria-live="polite">
      {playing
        ? null
        : frames.map((frame) => (
            <p key={frame.play.variant}>
              {variantName(frame.play.variant)}: {caption(frame)} {why(frame)}
            </p>
          ))}
    </div>
  );
});
