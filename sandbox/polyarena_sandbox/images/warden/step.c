/* One step, from its start until nothing of it is alive. */
#define _GNU_SOURCE
#include "warden.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 32 << 10, SHORTLY = 300000 };

/* What is too much of it is cut, or, where it `spills`, only lost. */
struct stream {
    char kind;
    int fd;
    bool cut, spills;
    uint64_t room;
    size_t held;
    char data[PIECE];
};

struct run {
    pid_t pid;
    bool ended, late;
    int status;
    uint64_t began, wall, processor, memory;
    struct stream streams[2];
    int input;
    const char *unsent;
    size_t unsent_length;
};

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

static uint64_t micros(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec;
}

static void flush(struct stream *stream)
{
    if (stream->held == 0)
        return;
    begin_frame(stream->kind, stream->held);
    put(stream->data, stream->held);
    stream->held = 0;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Take what is there, once; false when there was nothing. */
static bool pump(struct stream *stream)
{
    if (stream->fd < 0 || stream->cut)
        return false;
    ssize_t got = read(stream->fd, stream->data + stream->held, PIECE - stream->held);
    if (got <= 0) {
        if (got == 0)
            close_end(&stream->fd);
        return false;
    }
    bool over = (uint64_t)got > stream->room;
    stream->cut = over && !stream->spills;
    size_t kept = over ? (size_t)stream->room : (size_t)got;
    stream->room -= kept;
    stream->held += kept;
    if (stream->held == PIECE || stream->spills)
        flush(stream);
    return true;
}

static void feed(struct run *run)
{
    if (run->unsent_length > 0) {
        ssize_t sent = write(run->input, run->unsent, run->unsent_length);
        if (sent < 0 && errno == EAGAIN)
            return;
        run->unsent += sent > 0 ? sent : 0;
        run->unsent_length = sent > 0 ? run->unsent_length - (size_t)sent : 0;
    }
    if (run->unsent_length == 0)
        close_end(&run->input);
}

static bool reap(struct run *run, int options)
{
    int status;
    struct rusage used;
    pid_t pid = wait4(-1, &status, options | __WALL, &used);
    if (pid <= 0)
        return false;
    if (was_keeper(pid))
        return true;
    run->processor += micros(used.ru_utime) + micros(used.ru_stime);
    if ((uint64_t)used.ru_maxrss * 1024 > run->memory)
        run->memory = (uint64_t)used.ru_maxrss * 1024;
    if (pid == run->pid) {
        run->ended = true;
        run->status = status;
        run->wall = now() - run->began;
    }
    return true;
}

/* Other than as process 1, where all there is would be the whole machine. */
static void end_group(struct run *run)
{
    if (!run->ended)
        kill(run->pid, SIGKILL);
    killpg(run->pid, SIGKILL);
    while (!run->ended)
        reap(run, 0);
}

/* All but what was there before the job. */
static void end_others(struct run *run)
{
    while (kill_others()) {
        nanosleep(&(struct timespec){0, SHORTLY}, NULL);
        while (reap(run, WNOHANG))
            continue;
    }
}

static void end_all(struct run *run)
{
    if (getpid() != 1) {
        end_group(run);
        return;
    }
    if (has_before())
        end_others(run);
    if (has_before())
        return;
    do
        kill(-1, SIGKILL);
    while (reap(run, 0));
}

static void start(struct run *run, const struct job *job, const struct step *step)
{
    int ends[3][2];
    for (int index = 0; index < 3; index++)
        if (pipe2(ends[index], O_CLOEXEC))
            die("cannot make a pipe");
    memset(run, 0, offsetof(struct run, streams));
    run->input = ends[0][1];
    run->unsent = step->input;
    run->unsent_length = step->input_length;
    for (int index = 0; index < 2; index++) {
        struct stream *stream = &run->streams[index];
        stream->kind = "OE"[index];
        stream->fd = ends[index + 1][0];
        stream->cut = false;
        stream->spills = job->tunnel == FROM_SERVER;
        stream->room = job->bounds.output_bytes;
        stream->held = 0;
        fcntl(stream->fd, F_SETFL, O_NONBLOCK);
    }
    fcntl(run->input, F_SETFL, O_NONBLOCK);
    run->began = now();
    run->pid = start_program(job, step, (int[3]){ends[0][0], ends[1][1], ends[2][1]});
    close(ends[0][0]);
    close(ends[1][1]);
    close(ends[2][1]);
}

/* Until the program itself has ended, or has to be. */
static void watch(struct run *run, const struct job *job, const struct step *step, int children)
{
    struct stream *streams = run->streams;
    while (!run->ended && !streams[0].cut && !streams[1].cut) {
        uint64_t past = now() - run->began;
        run->late = past >= step->micros;
        if (run->late)
            return;
        struct pollfd ends[4 + TUNNEL_ENDS] = {
            {children, POLLIN, 0},
            {streams[0].fd, POLLIN, 0},
            {streams[1].fd, POLLIN, 0},
            {run->input, POLLOUT, 0},
        };
        size_t more = poll_tunnel(job, ends + 4);
        uint64_t left = (step->micros - past) / 1000 + 1;
        poll(ends, 4 + more, left < 60000 ? (int)left : 60000);
        struct signalfd_siginfo child;
        if (ends[0].revents && read(children, &child, sizeof child) > 0)
            while (reap(run, WNOHANG))
                continue;
        if (ends[1].revents)
            pump(&streams[0]);
        if (ends[2].revents)
            pump(&streams[1]);
        if (ends[3].revents)
            feed(run);
        serve_tunnel(job, ends + 4, more);
    }
}

static void finish(struct run *run)
{
    end_all(run);
    close_end(&run->input);
    for (int index = 0; index < 2; index++) {
        struct stream *stream = &run->streams[index];
        while (pump(stream))
            continue;
        flush(stream);
        close_end(&stream->fd);
    }
}

static enum outcome judge(const struct run *run, struct evidence before)
{
    if (run->late)
        return TIME;
    if (run->streams[0].cut || run->streams[1].cut)
        return OUTPUT;
    if (WIFEXITED(run->status) && WEXITSTATUS(run->status) == 0)
        return OK;
    return judge_failure(before, WIFSIGNALED(run->status) ? WTERMSIG(run->status) : 0);
}

enum outcome run_step(const struct job *job, const struct step *step, int children)
{
    static struct run run;
    begin_frame('S', strlen(step->name) + 1);
    put_text(step->name);
    flush_frames();
    struct evidence before = gather_evidence();
    start(&run, job, step);
    watch(&run, job, step, children);
    finish(&run);
    enum outcome outcome = judge(&run, before);
    bool killed = WIFSIGNALED(run.status);
    begin_frame('R', 28);
    put_number(outcome, 1);
    put_number(run.streams[0].cut | run.streams[1].cut << 1, 1);
    put_number(killed, 1);
    put_number((uint64_t)(killed ? WTERMSIG(run.status) : WEXITSTATUS(run.status)), 1);
    put_number(run.wall, 8);
    put_number(run.processor, 8);
    put_number(run.memory, 8);
    flush_frames();
    return outcome;
}
