/* The files that a job brings. */
#include "warden.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An old date on every file: whatever is written later differs, however soon. */
enum { PLACED_AT = 1000000000 };

static noreturn void refuse(int reason)
{
    errno = reason;
    die("a file cannot be placed");
}

static bool is_odd(const char *component)
{
    return !*component || !strcmp(component, ".") || !strcmp(component, "..");
}

/* Make and open the folders before the last slash; the rest of the name is left in `leaf`. */
static int open_folders(char *path, const char **leaf)
{
    int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (char *slash; folder >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
        *slash = 0;
        if (is_odd(path))
            refuse(EPROTO);
        if (mkdirat(folder, path, 0755) && errno != EEXIST)
            refuse(errno);
        int inner = openat(folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(folder);
        folder = inner;
    }
    *leaf = path;
    if (folder < 0)
        refuse(errno);
    if (is_odd(path))
        refuse(EPROTO);
    return folder;
}

static void remember(struct job *job, const char *name, size_t size)
{
    job->files = realloc(job->files, (job->placed + 1) * sizeof *job->files);
    char *kept = strdup(name);
    if (!job->files || !kept)
        refuse(ENOMEM);
    job->files[job->placed++] = (struct placed){kept, (off_t)size};
}

void place_file(struct job *job, const char *name, const char *data, size_t length)
{
    const char *leaf;
    char *path = strdup(name);
    if (!path)
        refuse(ENOMEM);
    int folder = open_folders(path, &leaf);
    int file = openat(folder, leaf, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file < 0)
        refuse(errno);
    write_all(file, data, length);
    const struct timespec times[2] = {{PLACED_AT, 0}, {PLACED_AT, 0}};
    if (futimens(file, times))
        refuse(errno);
    close(file);
    close(folder);
    free(path);
    remember(job, name, length);
}

bool is_as_placed(const struct job *job, const char *name, off_t size, struct timespec changed)
{
    if (changed.tv_sec != PLACED_AT || changed.tv_nsec != 0)
        return false;
    for (size_t index = 0; index < job->placed; index++)
        if (job->files[index].size == size && !strcmp(job->files[index].name, name))
            return true;
    return false;
}
