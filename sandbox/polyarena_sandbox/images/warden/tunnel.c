/* The tunnel: connections between the server and a port in here, many over the one stream.
 *
 * Either the program listens on the port, and the server asks for connections to it, or the warden
 * listens there, and the program's connections lead to the server. Each way no more is under way in
 * a connection than WINDOW bytes, so none can hold up another, or fill anybody's memory. */
#define _GNU_SOURCE
#include "warden.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINKS = TUNNEL_ENDS - 2, PIECE = 16 << 10, WINDOW = 128 << 10, NUMBER = 4 };

/* One connection. The server takes `credit` more bytes of it, and is owed word of `passed` ones;
 * `held` bytes of the server's wait in `data`. */
struct link {
    uint32_t id;
    int end;
    bool joining;
    uint32_t credit, passed;
    size_t held;
    char *data;
};

static struct link links[LINKS];
static size_t count;
static int listening = -1;
static uint32_t last;

static void tell(char kind, uint32_t id, const void *data, size_t length)
{
    begin_frame(kind, NUMBER + length);
    put_number(id, NUMBER);
    put(data, length);
}

static struct sockaddr_in here(const struct job *job)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons(job->port),
        .sin_addr = {htonl(INADDR_LOOPBACK)},
    };
}

void open_tunnel(const struct job *job)
{
    if (job->tunnel != TO_SERVER)
        return;
    struct sockaddr_in address = here(job);
    int yes = 1;
    listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listening < 0 || setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) ||
        bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, LINKS))
        die("cannot listen");
}

static struct link *find(uint32_t id)
{
    for (size_t index = 0; index < count; index++)
        if (links[index].id == id && links[index].end >= 0)
            return &links[index];
    return NULL;
}

/* What is closed goes with the next round, so that places stay as they were polled. */
static void cut(struct link *link)
{
    close(link->end);
    free(link->data);
    link->end = -1;
}

static void forget_cut(void)
{
    size_t kept = 0;
    for (size_t index = 0; index < count; index++)
        if (links[index].end >= 0)
            links[kept++] = links[index];
    count = kept;
}

static void end(struct link *link)
{
    tell(link->joining ? 'N' : 'X', link->id, "\1", link->joining ? 1 : 0);
    cut(link);
}

static bool add(uint32_t id, int socket, bool joining)
{
    char *data = count < LINKS ? malloc(WINDOW) : NULL;
    if (!data)
        return false;
    int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    links[count++] = (struct link){.id = id, .end = socket, .joining = joining, .credit = WINDOW,
                                   .data = data};
    return true;
}

static void join(const struct job *job, uint32_t id)
{
    struct sockaddr_in address = here(job);
    int end = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool begun = end >= 0 && (!connect(end, (struct sockaddr *)&address, sizeof address) ||
                              errno == EINPROGRESS);
    if (begun && add(id, end, true))
        return;
    if (end >= 0)
        close(end);
    tell('N', id, "\1", 1);
}

static void joined(struct link *link)
{
    int fault = 0;
    socklen_t size = sizeof fault;
    if (getsockopt(link->end, SOL_SOCKET, SO_ERROR, &fault, &size) || fault) {
        end(link);
        return;
    }
    link->joining = false;
    tell('N', link->id, "\0", 1);
}

static void welcome(void)
{
    int socket = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0)
        return;
    if (add(last + 1, socket, false))
        tell('N', ++last, "", 0);
    else
        close(socket);
}

/* Write on what the server sent; false where nobody reads it any more. */
static bool pass(struct link *link)
{
    ssize_t sent = send(link->end, link->data, link->held, MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR;
    link->held -= (size_t)sent;
    link->passed += (uint32_t)sent;
    memmove(link->data, link->data + sent, link->held);
    if (link->passed >= WINDOW / 4 || link->held == 0) {
        uint32_t passed = htonl(link->passed);
        tell('K', link->id, &passed, NUMBER);
        link->passed = 0;
    }
    return true;
}

/* Take what came for the server; false where that was the end. */
static bool take(struct link *link)
{
    static char piece[PIECE];
    ssize_t got = recv(link->end, piece, link->credit < PIECE ? link->credit : PIECE, 0);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR;
    if (got == 0)
        return false;
    link->credit -= (uint32_t)got;
    tell('W', link->id, piece, (size_t)got);
    return true;
}

static uint32_t number(const char *text)
{
    uint32_t big;
    memcpy(&big, text, sizeof big);
    return ntohl(big);
}

static void obey(const struct job *job, const struct frame *frame)
{
    errno = EPROTO;
    if (frame->length < NUMBER)
        die("a frame of the tunnel is malformed");
    uint32_t id = number(frame->payload);
    const char *data = frame->payload + NUMBER;
    size_t length = frame->length - NUMBER;
    struct link *link = find(id);
    if (frame->kind == 'N' && job->tunnel == FROM_SERVER)
        join(job, id);
    else if (link && frame->kind == 'X')
        cut(link);
    else if (link && frame->kind == 'K' && length == NUMBER)
        link->credit += number(data);
    else if (link && frame->kind == 'W' && length <= WINDOW - link->held) {
        memcpy(link->data + link->held, data, length);
        link->held += length;
        if (!pass(link))
            end(link);
    } else if (link)
        end(link);
}

/* What is to be waited for: the server, who wants in, and all connections. */
size_t poll_tunnel(const struct job *job, struct pollfd *ends)
{
    if (!job->tunnel)
        return 0;
    forget_cut();
    ends[0] = (struct pollfd){STDIN_FILENO, POLLIN, 0};
    ends[1] = (struct pollfd){count < LINKS ? listening : -1, POLLIN, 0};
    for (size_t index = 0; index < count; index++) {
        const struct link *link = &links[index];
        short wanted = link->joining || link->held ? POLLOUT : 0;
        wanted |= !link->joining && link->credit ? POLLIN : 0;
        /* With nothing wanted, an end that hung up would be told of without a pause. */
        ends[2 + index] = (struct pollfd){wanted ? link->end : -1, wanted, 0};
    }
    return 2 + count;
}

static void serve(struct link *link, short seen)
{
    if (link->joining) {
        if (seen)
            joined(link);
        return;
    }
    if (seen & POLLOUT && link->held && !pass(link)) {
        end(link);
        return;
    }
    if (seen & (POLLIN | POLLHUP | POLLERR) && link->credit && !take(link))
        end(link);
    else if (seen & POLLERR && !link->credit)
        end(link);
}

/* When the server is gone, there is nobody left to be here for. */
void serve_tunnel(const struct job *job, const struct pollfd *ends, size_t polled)
{
    if (!polled)
        return;
    for (size_t index = 2; index < polled; index++)
        if (links[index - 2].end >= 0)
            serve(&links[index - 2], ends[index].revents);
    if (ends[0].revents) {
        struct frame frame;
        if (!read_frame(&frame))
            _exit(0);
        obey(job, &frame);
        free(frame.payload);
    }
    if (ends[1].revents)
        welcome();
    flush_frames();
}
