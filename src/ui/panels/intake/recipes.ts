// SPDX-License-Identifier: GPL-2.0-only
// How a log is recorded, to be copied as it stands. The README has the same lines.

/** Of a machine from its start: files, mappings, memslots, punches. */
export const FROM_START =
  "strace -f -tt -y -s 0 --seccomp-bpf -e signal=none -e trace=memfd_create,openat,ftruncate,fallocate,mmap,munmap,mremap,dup,dup2,dup3,fcntl,close,clone,clone3,fork,vfork,execve,ioctl -o my-vm.strace qemu-system-x86_64 ...";

/** Of a machine that runs already: its punches. The slots come from the memory map. */
export const RUNNING =
  "strace -f -tt -y -s 0 -e signal=none -e trace=ftruncate,fallocate,mmap,munmap,mremap,close,clone,clone3,fork,vfork,execve -o my-vm.strace -p PID";

/** The memory map, from a monitor that listens on a socket. */
export const MAP = 'echo "info mtree -f" | socat -t 2 - unix-connect:monitor.sock > my-vm.mtree.txt';
