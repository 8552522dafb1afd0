/* The first process of a sandbox's container: it takes one job on standard input, runs its steps
 * one after the other, and reports on standard output. The frames are described in protocol.py.
 *
 * Programs share its user. As it cannot be dumped they can neither open its files nor read its
 * memory, and as process 1 it takes no signal from inside. What is left to them, changing its
 * resource limits, is for the container's seccomp profile to refuse (prlimit64 of another). */
#ifndef WARDEN_H
#define WARDEN_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/types.h>
#include <time.h>

enum {
    FRAME_BYTES = 16 << 20,
    STEPS = 256,
    VARIABLES = 128,
    NAME_BYTES = 4096,
    TUNNEL_ENDS = 66,
};

enum tunnel { NO_TUNNEL, FROM_SERVER, TO_SERVER };

enum outcome { OK, FAILED, TIME, MEMORY, OUTPUT, PROCESSES, DISK };

struct bounds {
    uint64_t output_bytes, files, file_bytes, total_bytes, open_files, file_size;
};

struct step {
    char *name;
    char **argv;
    const char *input;
    size_t input_length;
    uint64_t micros;
};

/* A file as it was put into the work directory. */
struct placed {
    char *name;
    off_t size;
};

struct job {
    struct bounds bounds;
    char *environment[VARIABLES + 1];
    size_t variables;
    struct step steps[STEPS];
    size_t count;
    struct placed *files;
    size_t placed;
    enum tunnel tunnel;
    uint16_t port;
};

struct frame {
    char kind;
    char *payload;
    size_t length;
};

/* What the kernel has counted for this container. */
struct evidence {
    uint64_t kills, refusals;
};

/* frames.c */
noreturn void die(const char *what);
void write_all(int fd, const char *data, size_t length);
bool read_frame(struct frame *frame);
void begin_frame(char kind, size_t length);
void put(const void *data, size_t length);
void put_number(uint64_t number, int bytes);
void put_text(const char *text);
void flush_frames(void);

/* job.c */
bool read_job(struct job *job);

/* files.c */
void place_file(struct job *job, const char *name, const char *data, size_t length);
bool is_as_placed(const struct job *job, const char *name, off_t size, struct timespec changed);

/* step.c */
enum outcome run_step(const struct job *job, const struct step *step, int children);

/* program.c */
void offer_to_oom_killer(void);
pid_t start_program(const struct job *job, const struct step *step, const int ends[3]);

/* tunnel.c */
void open_tunnel(const struct job *job);
size_t poll_tunnel(const struct job *job, struct pollfd *ends);
void serve_tunnel(const struct job *job, const struct pollfd *ends, size_t polled);

/* before.c */
void start_before(char **command);
bool has_before(void);
bool was_keeper(pid_t pid);
bool kill_others(void);
void end_before(void);

/* limits.c */
void limit_program(const struct bounds *bounds);
struct evidence gather_evidence(void);
enum outcome judge_failure(struct evidence before, int signal);

/* ask.c */
int ask(char **words);

/* collect.c */
void collect_files(const struct job *job);

#endif
