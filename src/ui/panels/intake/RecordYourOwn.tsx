// SPDX-License-Identifier: GPL-2.0-only
import { useLab } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";
import styles from "./IntakeDialog.module.css";
import { FROM_START, MAP, RUNNING } from "./recipes.ts";

/** How to record a log: the commands, what they cost, and what they give away. */
export function RecordYourOwn() {
  return (
    <>
      <h3>Record your own</h3>
      <p>
        Guest memory has to be a file for its holes to be seen:{" "}
        <code>-object memory-backend-memfd,id=ram0,size=4G,share=on -machine memory-backend=ram0</code>. From
        its start:
      </p>
      <Command text={FROM_START} />
      <p>A machine that runs already; its slots then come from the memory map:</p>
      <Command text={RUNNING} />
      <Command text={MAP} />
      <h4>What it costs</h4>
      <p>
        strace stops a thread twice at each call that it traces, some ten microseconds each time. Punches and
        mappings are few. <code>ioctl</code> is not: every exit of a vCPU to QEMU is one, so the first command
        slows a busy guest down; without <code>ioctl</code> (and with the memory map instead) it is hardly
        felt. With <code>--seccomp-bpf</code> calls that are not traced run at full speed. A line is about 100
        bytes; gzip makes a twelfth of it, and the lab reads it packed.
      </p>
      <h4>What it gives away</h4>
      <p>
        Addresses, sizes, times, descriptors, process ids, and the paths of the files that the machine opens.
        No contents of guest memory, of disks or of packets: strace does not see them, and with{" "}
        <code>-s 0</code> it prints no other strings. Where <code>ioctl</code> is traced, some versions of
        strace print what KVM's calls carry, a vCPU's registers among it. The page reads the file here and
        sends it nowhere; look through a log before you pass it on.
      </p>
    </>
  );
}

function Command({ text }: { text: string }) {
  const lab = useLab();
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      lab.tell("Command copied.");
    } catch {
      lab.tell("This page may not copy. Select the command and copy it by hand.");
    }
  }
  return (
    <div className={styles.command}>
      <code>{text}</code>
      <Button onClick={() => void copy()}>Copy</Button>
    </div>
  );
}
