/* The files that came to be or changed, when nothing of the programs is alive any more. */
#include "warden.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VISITS = 10000, DEPTH = 16, OMITTED = 64, PIECE = 64 << 10 };

enum reason { LARGE, TOTAL, MANY, LINK, SPECIAL, UNREADABLE, DEEP, REST };

struct walk {
    const struct job *job;
    uint64_t files, bytes;
    unsigned visits, omitted;
    char path[NAME_BYTES];
};

struct names {
    char **list;
    size_t count;
};

static void enter(struct walk *walk, int folder, size_t length, int depth);

static void leave_out(struct walk *walk, uint64_t size, enum reason reason)
{
    const char *name = walk->path;
    if (walk->omitted == OMITTED)
        return;
    if (++walk->omitted == OMITTED)
        reason = REST;
    if (reason == REST) {
        name = "*";
        size = 0;
    }
    begin_frame('L', 9 + strlen(name) + 1);
    put_number(reason, 1);
    put_number(size, 8);
    put_text(name);
}

static void send_file(struct walk *walk, int folder, const char *name, const struct stat *seen)
{
    static char piece[PIECE];
    struct stat opened;
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0 || fstat(file, &opened) || opened.st_ino != seen->st_ino ||
        opened.st_dev != seen->st_dev || opened.st_size != seen->st_size) {
        leave_out(walk, (uint64_t)seen->st_size, UNREADABLE);
        if (file >= 0)
            close(file);
        return;
    }
    size_t left = (size_t)seen->st_size;
    walk->files++;
    walk->bytes += left;
    begin_frame('F', strlen(walk->path) + 1 + left);
    put_text(walk->path);
    while (left > 0) {
        ssize_t got = read(file, piece, left < PIECE ? left : PIECE);
        if (got <= 0)
            die("a file cannot be read");
        put(piece, (size_t)got);
        left -= (size_t)got;
    }
    close(file);
}

static void consider_file(struct walk *walk, int folder, const char *name, const struct stat *seen)
{
    const struct bounds *bounds = &walk->job->bounds;
    uint64_t size = (uint64_t)seen->st_size;
    if (is_as_placed(walk->job, walk->path, seen->st_size, seen->st_mtim))
        return;
    if (seen->st_nlink > 1)
        leave_out(walk, size, LINK);
    else if (size > bounds->file_bytes)
        leave_out(walk, size, LARGE);
    else if (walk->files == bounds->files)
        leave_out(walk, size, MANY);
    else if (size > bounds->total_bytes - walk->bytes)
        leave_out(walk, size, TOTAL);
    else
        send_file(walk, folder, name, seen);
}

static void consider_folder(struct walk *walk, int folder, const char *name, size_t length,
                            int depth)
{
    if (depth == DEPTH || length + 1 + NAME_MAX >= NAME_BYTES) {
        leave_out(walk, 0, DEEP);
        return;
    }
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner < 0) {
        leave_out(walk, 0, UNREADABLE);
        return;
    }
    walk->path[length] = '/';
    enter(walk, inner, length + 1, depth + 1);
}

static void consider(struct walk *walk, int folder, const char *name, size_t length, int depth)
{
    struct stat seen;
    size_t added = strlen(name);
    memcpy(walk->path + length, name, added + 1);
    if (fstatat(folder, name, &seen, AT_SYMLINK_NOFOLLOW))
        leave_out(walk, 0, UNREADABLE);
    else if (S_ISDIR(seen.st_mode))
        consider_folder(walk, folder, name, length + added, depth);
    else if (S_ISREG(seen.st_mode))
        consider_file(walk, folder, name, &seen);
    else
        leave_out(walk, 0, S_ISLNK(seen.st_mode) ? LINK : SPECIAL);
}

static bool is_skipped(const char *name)
{
    return *name == '.' || !strcmp(name, "__pycache__") || !strcmp(name, "node_modules");
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Read a folder as far as the visits allow. */
static struct names list(struct walk *walk, DIR *folder)
{
    struct names names = {0};
    struct dirent *entry;
    while (walk->visits < VISITS && (entry = readdir(folder))) {
        walk->visits++;
        if (is_skipped(entry->d_name))
            continue;
        if (names.count % 256 == 0)
            names.list = realloc(names.list, (names.count + 256) * sizeof *names.list);
        if (!names.list || !(names.list[names.count] = strdup(entry->d_name)))
            die("a folder has no room");
        names.count++;
    }
    if (names.count)
        qsort(names.list, names.count, sizeof *names.list, by_name);
    return names;
}

static void enter(struct walk *walk, int folder, size_t length, int depth)
{
    DIR *entries = fdopendir(folder);
    if (!entries)
        die("a folder cannot be read");
    struct names names = list(walk, entries);
    for (size_t index = 0; index < names.count; index++) {
        consider(walk, folder, names.list[index], length, depth);
        free(names.list[index]);
    }
    free(names.list);
    closedir(entries);
}

void collect_files(const struct job *job)
{
    static struct walk walk;
    walk.job = job;
    int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    enter(&walk, folder, 0, 0);
    if (walk.visits == VISITS)
        leave_out(&walk, 0, REST);
}
