// SPDX-License-Identifier: GPL-2.0-only
// Each kind of motion in the browser's terms, from how it begins to how the mark stands without it.

import type { Motion } from "../../scene/movement.ts";

/** The style sheet makes the origin of a transform that of the mark's own box. */
const scaled = (origin: string, from: string, to: string): PropertyIndexedKeyframes => ({
  transformOrigin: [origin, origin],
  transform: [from, to],
});

/** Wide of the box, which has neither width nor height where a line is drawn straight. */
const WIDE = "-9px";

/** Null where nothing of the row itself moves. */
export function keyframesOf(motion: Motion): PropertyIndexedKeyframes | null {
  switch (motion.kind) {
    case "slide":
      return { transform: [`translate(${motion.dx}px, ${motion.dy}px)`, "none"] };
    case "narrow":
      return { x: `${motion.x}px`, width: `${motion.width}px`, offset: 0 };
    case "rise":
      return scaled("50% 100%", `scaleY(${motion.share})`, "none");
    case "drain":
      return scaled("50% 100%", "none", `scaleY(${motion.share})`);
    case "open":
      return scaled(`${100 * motion.at}% 0`, `scale(${motion.width}, 0)`, "none");
    case "run":
      return {
        transform: [`translateX(${motion.dx}px)`, "none", "none"],
        opacity: [1, 1, 0],
        offset: [0, 0.85, 1],
      };
    case "fill":
      return scaled("50% 50%", "scale(0)", "none");
    case "turn":
      return scaled("50% 50%", "rotate(-45deg) scale(0)", "none");
    case "shrink":
      return scaled("50% 50%", "none", "rotate(45deg) scale(0)");
    case "wipe":
      return { clipPath: [`inset(${WIDE} 100% ${WIDE} ${WIDE})`, `inset(${WIDE})`] };
    case "appear":
      return { opacity: [0, 1] };
    case "fade":
      return { opacity: [1, 0] };
    case "stay":
      return { opacity: [1, 1] };
    case "trace":
      return null;
  }
}
