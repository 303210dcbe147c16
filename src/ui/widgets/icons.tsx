// SPDX-License-Identifier: GPL-2.0-only
// The pictures on buttons, drawn on a 24 by 24 grid in the colour of the text. The button says the word.
import { memo, type ReactNode } from "react";

const drawn = (shape: ReactNode) =>
  memo(() => (
    <svg viewBox="0 0 24 24" width="1.5em" height="1.5em" fill="currentColor" aria-hidden="true">
      {shape}
    </svg>
  ));

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.75, strokeLinecap: "round" } as const;

export const PlayIcon = drawn(<path d="M8 5.5v13l10.5-6.5z" />);
export const PauseIcon = drawn(<path d="M7 5.5h3.5v13H7zM13.5 5.5H17v13h-3.5z" />);
export const StepIcon = drawn(<path d="M9 6.5v11l7-5.5z" />);
export const BackIcon = drawn(<path d="M15 6.5v11L8 12z" />);
export const FirstIcon = drawn(<path d="M18 6v12l-8.5-6zM6.5 6h2v12h-2z" />);
export const LastIcon = drawn(<path d="M6 6v12l8.5-6zM15.5 6h2v12h-2z" />);
/** Over a wasted call to what comes after it. */
export const SkipIcon = drawn(
  <path
    {...line}
    strokeLinejoin="round"
    d="M4 12a6.5 6.5 0 0 1 12.5-1.5M17.5 6v5h-5M8 14h7v5H8zM8.5 18.5l6-4"
  />,
);
export const PlusIcon = drawn(<path {...line} d="M12 6v12M6 12h12" />);
export const MinusIcon = drawn(<path {...line} d="M6 12h12" />);
export const LeftIcon = drawn(<path {...line} strokeLinejoin="round" d="M18 12H6M11 7l-5 5 5 5" />);
export const RightIcon = drawn(<path {...line} strokeLinejoin="round" d="M6 12h12M13 7l5 5-5 5" />);
export const DownIcon = drawn(<path {...line} strokeLinejoin="round" d="M7.5 10l4.5 4.5 4.5-4.5" />);
export const HelpIcon = drawn(
  <path
    {...line}
    strokeLinejoin="round"
    d="M9 9.2a3 3 0 1 1 4.4 2.7c-1 .5-1.4 1-1.4 2.1M12 17.4v.1M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z"
  />,
);
export const SunIcon = drawn(
  <g {...line}>
    <circle cx="12" cy="12" r="3.6" />
    <path d="M12 4v2M12 18v2M4 12h2M18 12h2M6.3 6.3l1.4 1.4M16.3 16.3l1.4 1.4M6.3 17.7l1.4-1.4M16.3 7.7l1.4-1.4" />
  </g>,
);
export const MoonIcon = drawn(
  <path {...line} strokeLinejoin="round" d="M18.5 14A7 7 0 0 1 10 5.5a7 7 0 1 0 8.5 8.5z" />,
);
export const SwapIcon = drawn(
  <path {...line} strokeLinejoin="round" d="M8 5v14M4.5 15.5L8 19l3.5-3.5M16 19V5M12.5 8.5L16 5l3.5 3.5" />,
);
export const LinkIcon = drawn(
  <path
    {...line}
    d="M10.5 13.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M13.5 10.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"
  />,
);
export const ExpandIcon = drawn(
  <path {...line} strokeLinejoin="round" d="M14 5h5v5M10 19H5v-5M19 5l-5.5 5.5M5 19l5.5-5.5" />,
);
export const ShrinkIcon = drawn(
  <path {...line} strokeLinejoin="round" d="M19 10h-5V5M5 14h5v5M14 10l5.5-5.5M10 14l-5.5 5.5" />,
);
