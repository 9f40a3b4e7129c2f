/*
 * Preloaded into a command, it stands between the command and the C library
 * for the calls that change files below one folder. It writes each to a log,
 * and kills the process or lets calls fail at the one that is asked for.
 *
 *   FAULT_ROOT    the folder, by its absolute path
 *   FAULT_LOG     the file to which calls are appended, a line each
 *   FAULT_OPS     the calls that count, as ",rename,mkdir,"; without it all do
 *   FAULT_AT      the call that is harmed, counted from 1; 0 for none
 *   FAULT_HOW     before, half, after: killed then; a number: this error, and
 *                 all later calls fail with it, too
 *   FAULT_MEMORY  bytes of memory above which the process is killed
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define LONG_PATH (2 * PATH_MAX)

static const char *root, *ops, *how;
static size_t root_length;
static long at, memory;
static int log_file = -1;
static atomic_long count;

static void note(const char *line, size_t length) {
  if (log_file >= 0) syscall(SYS_write, log_file, line, length);
}

static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); }

static void *watch(void *none) {
  for (;;) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL || fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
    if (file != NULL) fclose(file);
    if (pages * sysconf(_SC_PAGESIZE) > memory) {
      note("memory\n", 7);
      die();
    }
    usleep(20000);
  }
  return none;
}

__attribute__((constructor)) static void begin(void) {
  root = getenv("FAULT_ROOT");
  ops = getenv("FAULT_OPS");
  how = getenv("FAULT_HOW");
  if (root == NULL) return;
  root_length = strlen(root);
  if (getenv("FAULT_AT") != NULL) at = atol(getenv("FAULT_AT"));
  const char *path = getenv("FAULT_LOG");
  if (path != NULL) {
    log_file = syscall(SYS_openat, AT_FDCWD, path,
                       O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  }
  if (getenv("FAULT_MEMORY") != NULL) {
    pthread_t thread;
    memory = atol(getenv("FAULT_MEMORY"));
    pthread_create(&thread, NULL, watch, NULL);
  }
}

/* The absolute path of a name, with no look at the disk. */
static void absolute(int folder, const char *name, char *path) {
  char link[64];
  ssize_t length = 0;
  if (name[0] != '/') {
    if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = readlink(link, path, PATH_MAX);
    if (length < 0) length = 0;
    path[length++] = '/';
  }
  strncpy(path + length, name, PATH_MAX - 1);
  path[length + PATH_MAX - 1] = 0;
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_below(const char *path) {
  return root != NULL && strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == 0);
}

enum harm { NONE, BEFORE, HALF, AFTER, FAILS };

/* Logs a call below the folder and says what is to become of it. */
static enum harm meet(const char *op, const char *path, const char *other) {
  if (!is_below(path)) return NONE;
  char line[2 * LONG_PATH + 64];
  int length = snprintf(line, sizeof line, "%s\t%s\t%s\n", op,
                        path + root_length, other ? other + root_length : "");
  note(line, length);
  if (how == NULL) return NONE;
  if (ops != NULL) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, ",%s,", op);
    if (strstr(ops, wanted) == NULL) return NONE;
  }
  long number = ++count;
  if (how[0] >= '0' && how[0] <= '9') {
    if (at == 0 || number < at) return NONE;
    errno = atoi(how);
    return FAILS;
  }
  if (number != at) return NONE;
  if (strcmp(how, "half") == 0) return HALF;
  if (strcmp(how, "after") == 0) return AFTER;
  die();
  return BEFORE;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Does the call unless it is to fail, and dies after it if asked to. */
#define PASS(harm, call)            \
  if ((harm) == FAILS) return -1;   \
  __typeof__(call) result = (call); \
  if ((harm) == AFTER) die();       \
  return result;

int rename(const char *from, const char *to) {
  char one[LONG_PATH], two[LONG_PATH];
  absolute(AT_FDCWD, from, one);
  absolute(AT_FDCWD, to, two);
  enum harm harm = is_below(two) ? meet("rename", one, two) : NONE;
  PASS(harm, REAL(rename)(from, to))
}

#define ON_PATH(op, name, folder, call)    \
  char path[LONG_PATH];                    \
  absolute(folder, name, path);            \
  enum harm harm = meet(op, path, NULL);   \
  PASS(harm, call)

int unlink(const char *name) {
  ON_PATH("unlink", name, AT_FDCWD, REAL(unlink)(name))
}
int unlinkat(int folder, const char *name, int flags) {
  ON_PATH(flags & AT_REMOVEDIR ? "rmdir" : "unlink", name, folder,
          REAL(unlinkat)(folder, name, flags))
}
int rmdir(const char *name) {
  ON_PATH("rmdir", name, AT_FDCWD, REAL(rmdir)(name))
}
int mkdir(const char *name, mode_t mode) {
  ON_PATH("mkdir", name, AT_FDCWD, REAL(mkdir)(name, mode))
}

static int open_at(int folder, const char *name, int flags, mode_t mode) {
  const char *op = flags & O_CREAT ? "create" : "open";
  ON_PATH(op, name, folder,
          (int)syscall(SYS_openat, folder, name, flags, mode))
}

#define MODE(flags)                  \
  mode_t mode = 0;                   \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest;                    \
    va_start(rest, flags);           \
    mode = va_arg(rest, mode_t);     \
    va_end(rest);                    \
  }

int open(const char *name, int flags, ...) {
  MODE(flags)
  return open_at(AT_FDCWD, name, flags, mode);
}
int open64(const char *name, int flags, ...) {
  MODE(flags)
  return open_at(AT_FDCWD, name, flags, mode);
}
int openat(int folder, const char *name, int flags, ...) {
  MODE(flags)
  return open_at(folder, name, flags, mode);
}
int openat64(int folder, const char *name, int flags, ...) {
  MODE(flags)
  return open_at(folder, name, flags, mode);
}

#define ON_FILE(op, file, call)                         \
  char path[LONG_PATH];                                 \
  enum harm harm =                                      \
      root != NULL && path_of(file, path) ? meet(op, path, NULL) : NONE; \
  PASS(harm, call)

int fsync(int file) { ON_FILE("fsync", file, REAL(fsync)(file)) }
int fdatasync(int file) { ON_FILE("fsync", file, REAL(fdatasync)(file)) }
int flock(int file, int operation) {
  ON_FILE("flock", file, (int)syscall(SYS_flock, file, operation))
}

#define WRITES(file, half, call)                        \
  char path[LONG_PATH];                                 \
  enum harm harm =                                      \
      root != NULL && path_of(file, path) ? meet("write", path, NULL) : NONE; \
  if (harm == HALF) {                                   \
    half;                                               \
    die();                                              \
  }                                                     \
  PASS(harm, call)

ssize_t write(int file, const void *bytes, size_t length) {
  WRITES(file, syscall(SYS_write, file, bytes, length / 2),
         (ssize_t)syscall(SYS_write, file, bytes, length))
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
  WRITES(file, syscall(SYS_pwrite64, file, bytes, length / 2, offset),
         (ssize_t)syscall(SYS_pwrite64, file, bytes, length, offset))
}
ssize_t writev(int file, const struct iovec *parts, int many) {
  WRITES(file,
         syscall(SYS_write, file, parts[0].iov_base, parts[0].iov_len / 2),
         (ssize_t)syscall(SYS_writev, file, parts, many))
}
