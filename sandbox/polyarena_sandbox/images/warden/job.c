/* A job as it comes in. */
#include "warden.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

struct cursor {
    char *at, *end;
};

static noreturn void refuse(void)
{
    errno = EPROTO;
    die("the job is malformed");
}

static uint64_t take_number(struct cursor *cursor, int bytes)
{
    uint64_t number = 0;
    if (cursor->end - cursor->at < bytes)
        refuse();
    while (bytes-- > 0)
        number = number << 8 | (unsigned char)*cursor->at++;
    return number;
}

static char *take_text(struct cursor *cursor)
{
    char *text = cursor->at;
    char *zero = memchr(text, 0, (size_t)(cursor->end - text));
    if (!zero)
        refuse();
    cursor->at = zero + 1;
    return text;
}

static void take_bounds(struct job *job, struct cursor *cursor)
{
    struct bounds *bounds = &job->bounds;
    bounds->output_bytes = take_number(cursor, 8);
    bounds->files = take_number(cursor, 8);
    bounds->file_bytes = take_number(cursor, 8);
    bounds->total_bytes = take_number(cursor, 8);
    bounds->open_files = take_number(cursor, 8);
    bounds->file_size = take_number(cursor, 8);
    if (bounds->file_bytes > FRAME_BYTES - NAME_BYTES)
        bounds->file_bytes = FRAME_BYTES - NAME_BYTES;
}

static void take_variable(struct job *job, struct cursor *cursor)
{
    if (job->variables == VARIABLES)
        refuse();
    job->environment[job->variables++] = take_text(cursor);
}

/* Whole pages of input stay out of the program, whose memory they would be counted as. */
static void keep_from_children(const struct step *step)
{
    uintptr_t first = ((uintptr_t)step->input + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t end = ((uintptr_t)step->input + step->input_length) & ~(uintptr_t)(PAGE - 1);
    if (first < end)
        madvise((void *)first, end - first, MADV_DONTFORK);
}

static void take_step(struct job *job, struct cursor *cursor)
{
    if (job->count == STEPS)
        refuse();
    struct step *step = &job->steps[job->count++];
    step->micros = take_number(cursor, 8);
    size_t count = (size_t)take_number(cursor, 4);
    step->name = take_text(cursor);
    if (count == 0 || count > (size_t)(cursor->end - cursor->at))
        refuse();
    step->argv = calloc(count + 1, sizeof *step->argv);
    if (!step->argv)
        die("a step has no room");
    for (size_t index = 0; index < count; index++)
        step->argv[index] = take_text(cursor);
    step->input = cursor->at;
    step->input_length = (size_t)(cursor->end - cursor->at);
    keep_from_children(step);
}

static void take_tunnel(struct job *job, struct cursor *cursor)
{
    uint64_t role = take_number(cursor, 1);
    if (role != FROM_SERVER && role != TO_SERVER)
        refuse();
    job->tunnel = (enum tunnel)role;
    job->port = (uint16_t)take_number(cursor, 2);
}

/* False where the server went away before it had a job. */
bool read_job(struct job *job)
{
    struct frame frame;
    while (read_frame(&frame)) {
        struct cursor cursor = {frame.payload, frame.payload + frame.length};
        switch (frame.kind) {
        case 'B':
            take_bounds(job, &cursor);
            free(frame.payload);
            break;
        case 'V':
            take_variable(job, &cursor);
            break;
        case 'F': {
            const char *name = take_text(&cursor);
            place_file(job, name, cursor.at, (size_t)(cursor.end - cursor.at));
            free(frame.payload);
            break;
        }
        case 'C':
            take_step(job, &cursor);
            break;
        case 'T':
            take_tunnel(job, &cursor);
            free(frame.payload);
            break;
        case 'G':
            free(frame.payload);
            return true;
        default:
            refuse();
        }
    }
    return false;
}
