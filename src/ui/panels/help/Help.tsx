// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { Demanded } from "../../widgets/Demanded.tsx";
import { IconButton } from "../../widgets/IconButton.tsx";
import { HelpIcon } from "../../widgets/icons.tsx";
import { onDemand } from "../../widgets/onDemand.ts";

export interface HelpProps {
  /** Whether the help is open. */
  help: boolean;
  onHelp: (open: boolean) => void;
}

const dialog = onDemand(() => import("./HelpDialog.tsx"));

/** The button that opens the help, and the help, fetched when it is first opened. */
export const Help = memo(function Help({ help, onHelp }: HelpProps) {
  return (
    <>
      <IconButton label="Keys, marks and words" icon={<HelpIcon />} keys="?" onClick={() => onHelp(!help)} />
      {help ? (
        <Demanded part={dialog} what="help">
          {({ HelpDialog }) => <HelpDialog onClose={() => onHelp(false)} />}
        </Demanded>
      ) : null}
    </>
  );
});
