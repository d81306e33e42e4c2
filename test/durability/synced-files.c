/*
 * Keeps, beside the files of one database, copies of them as the disk is promised to hold them: with what was written before
 * the last fsync or fdatasync of each, and nothing after. A kill -9 leaves the kernel's cache alone, a power cut does not; after a kill
 * the copies are what the power would have left.
 *
 * Loaded by LD_PRELOAD. SYNCED_FILES_OF names the database, SYNCED_FILES_IN the folder of the copies. Files are told by their names:
 * the database, and its "-wal" and "-journal". The shared index "-shm" does not outlive a power cut and is left out.
 *
 * Build: cc -shared -fPIC -O2 -o synced-files.so synced-files.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_FDS = 4096, MOST_RANGES = 262144, PATH_ROOM = 4096 };

/* One of the files, and what was written to it since its last sync, through whichever descriptor. */
struct range {
  off64_t from;
  size_t length;
};
struct file {
  char copy[PATH_ROOM];
  struct range ranges[MOST_RANGES];
  int count;
  int resized;
};

static const char *const endings[] = {"", "-wal", "-journal"};
static struct file files[3];
static struct file *file_of[MOST_FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open64)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate64)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);

static void fail(const char *what) {
  fprintf(stderr, "synced-files: %s\n", what);
  abort();
}

__attribute__((constructor)) static void find_real(void) {
  real_open64 = dlsym(RTLD_NEXT, "open64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_ftruncate64 = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
}

/* The file of this name; NULL when it is none of ours. */
static struct file *find(const char *path) {
  const char *database = getenv("SYNCED_FILES_OF");
  const char *folder = getenv("SYNCED_FILES_IN");
  size_t length = database == NULL ? 0 : strlen(database);
  if (length == 0 || folder == NULL || strncmp(path, database, length) != 0) return NULL;
  for (int i = 0; i < 3; i += 1) {
    if (strcmp(path + length, endings[i]) != 0) continue;
    const char *slash = strrchr(database, '/');
    snprintf(files[i].copy, PATH_ROOM, "%s/%s%s", folder, slash == NULL ? database : slash + 1, endings[i]);
    return &files[i];
  }
  return NULL;
}

static struct file *at(int fd) { return fd < 0 || fd >= MOST_FDS ? NULL : file_of[fd]; }

static void watch(int fd, struct file *file) {
  pthread_mutex_lock(&lock);
  if (fd >= 0 && fd < MOST_FDS) file_of[fd] = file;
  pthread_mutex_unlock(&lock);
}

static void note(int fd, off64_t from, size_t length) {
  pthread_mutex_lock(&lock);
  struct file *file = at(fd);
  if (file != NULL) {
    if (file->count == MOST_RANGES) fail("too many writes without a sync");
    file->ranges[file->count++] = (struct range){from, length};
  }
  pthread_mutex_unlock(&lock);
}

/* Brings the copy up to date, after the file itself has been synced and before whoever asked for that is told so. */
static void copy_ranges(int fd) {
  pthread_mutex_lock(&lock);
  struct file *file = at(fd);
  if (file != NULL && (file->count > 0 || file->resized)) {
    int out = real_open64(file->copy, O_WRONLY | O_CREAT, 0600);
    if (out < 0) fail("a copy can't be written");
    for (int i = 0; i < file->count; i += 1) {
      struct range *part = &file->ranges[i];
      char *buffer = malloc(part->length);
      ssize_t length = pread64(fd, buffer, part->length, part->from);
      if (length > 0 && real_pwrite64(out, buffer, length, part->from) != length) fail("a copy can't be written");
      free(buffer);
    }
    if (file->resized && real_ftruncate64(out, lseek64(fd, 0, SEEK_END)) != 0) fail("a copy can't be cut");
    real_close(out);
    file->count = 0;
    file->resized = 0;
  }
  pthread_mutex_unlock(&lock);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  int fd = real_open64(path, flags, mode);
  watch(fd, (flags & O_ACCMODE) == O_RDONLY ? NULL : find(path));
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open64(path, flags, mode);
}

int close(int fd) {
  watch(fd, NULL);
  return real_close(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t from) {
  ssize_t written = real_pwrite64(fd, bytes, length, from);
  if (written > 0 && at(fd) != NULL) note(fd, from, written);
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t from) { return pwrite64(fd, bytes, length, from); }

ssize_t write(int fd, const void *bytes, size_t length) {
  off64_t from = at(fd) == NULL ? 0 : lseek64(fd, 0, SEEK_CUR);
  ssize_t written = real_write(fd, bytes, length);
  if (written > 0 && at(fd) != NULL) note(fd, from, written);
  return written;
}

int ftruncate64(int fd, off64_t size) {
  int result = real_ftruncate64(fd, size);
  pthread_mutex_lock(&lock);
  if (result == 0 && at(fd) != NULL) at(fd)->resized = 1;
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
  int result = real_fsync(fd);
  if (result == 0) copy_ranges(fd);
  return result;
}

int fdatasync(int fd) {
  int result = real_fdatasync(fd);
  if (result == 0) copy_ranges(fd);
  return result;
}

int unlink(const char *path) {
  struct file *file = find(path);
  int result = real_unlink(path);
  if (file != NULL && result == 0) {
    pthread_mutex_lock(&lock);
    real_unlink(file->copy);
    file->count = 0;
    file->resized = 0;
    pthread_mutex_unlock(&lock);
  }
  return result;
}
