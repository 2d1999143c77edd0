// Loaded into a program by LD_PRELOAD: some of its system calls on a volume are carried out, and reported to have
// failed, as on a file server whose reply was lost. The kernel hands over every call of the kind, whichever library
// makes it: .NET looks up the functions of its P/Invokes where LD_PRELOAD does not count.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define OURS 0x6c6f7374  // As the sixth argument, which none of these calls has: the kernel lets it pass.

static const char *volume;  // LOST_REPLIES: "<kind> <error number> <first> <every how many> <volume> <file of dots>"
static int lost, error, first, every, calls;

// The index of the argument that says what the call is on: a path, or -1 for the descriptor that is the first.
static const struct { const char *kind; int number, path; } kinds[] = {
    {"mkdir", SYS_mkdir, 0}, {"link", SYS_link, 1}, {"rename", SYS_rename, 1}, {"unlink", SYS_unlink, 0},
    {"rmdir", SYS_rmdir, 0}, {"chmod", SYS_chmod, 0}, {"create", SYS_openat, 1}, {"write", SYS_write, -1},
    {"write", SYS_pwrite64, -1}, {"fsync", SYS_fsync, -1}, {"fchmod", SYS_fchmod, -1}, {"close", SYS_close, -1}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int on_volume(int number, const greg_t *registers) {
    char path[4096] = "", link[32];
    for (int k = 0; k < KINDS; k++)
        if (kinds[k].number == number && kinds[k].path >= 0)
            strncpy(path, (char *)registers[kinds[k].path == 0 ? REG_RDI : REG_RSI], sizeof path - 1);
        else if (kinds[k].number == number) {
            snprintf(link, sizeof link, "/proc/self/fd/%d", (int)registers[REG_RDI]);
            (void)!readlink(link, path, sizeof path - 1);
        }
    return strncmp(path, volume, strlen(volume)) == 0 && (number != SYS_openat || registers[REG_RDX] & O_CREAT);
}

static void on_call(int signal, siginfo_t *call, void *context) {
    greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
    int number = call->si_syscall, counts = on_volume(number, r), saved = errno;
    long result = syscall(number, r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], OURS);
    r[REG_RAX] = result < 0 ? -errno : result;
    int past = counts ? __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) - first : -1;
    if (result >= 0 && past >= 0 && past % every == 0) {
        if (number == SYS_openat)
            syscall(SYS_close, result, 0, 0, 0, 0, OURS);
        syscall(SYS_write, lost, ".", 1, 0, 0, OURS);
        r[REG_RAX] = -error;
    }
    errno = saved;
}

__attribute__((constructor)) static void load(void) {
    static char kind[16], root[4096], dots[4096];
    const char *wanted = getenv("LOST_REPLIES");
    if (wanted == NULL || sscanf(wanted, "%15s %d %d %d %4095s %4095s", kind, &error, &first, &every, root, dots) != 6)
        return;
    volume = root;
    lost = open(dots, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    sigaction(SIGSYS, &(struct sigaction){.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER}, NULL);
    for (int k = 0; k < KINDS; k++) {
        if (strcmp(kinds[k].kind, kind) != 0)
            continue;
        struct sock_filter filter[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kinds[k].number, 0, 3),
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 1, 0),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
        struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
        if (lost < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
            perror("Replies cannot be lost"), exit(125);
    }
}
