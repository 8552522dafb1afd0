/* Frames, in both directions. */
#include "warden.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HELD = 32 << 10 };

static char held[HELD];
static size_t held_length;

noreturn void die(const char *what)
{
    dprintf(STDERR_FILENO, "warden: %s: %s\n", what, strerror(errno));
    _exit(1);
}

void write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, data, length);
        if (written < 0 && errno != EINTR)
            die("cannot write");
        if (written > 0) {
            data += written;
            length -= (size_t)written;
        }
    }
}

/* How many bytes came before the end; fewer than asked for only at the end. */
static size_t read_all(char *data, size_t length)
{
    size_t got = 0;
    while (got < length) {
        ssize_t count = read(STDIN_FILENO, data + got, length - got);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            die("cannot read");
        if (count > 0)
            got += (size_t)count;
    }
    return got;
}

/* False where the input ends instead. The payload is the caller's, with a zero byte after it. */
bool read_frame(struct frame *frame)
{
    unsigned char head[5];
    size_t got = read_all((char *)head, sizeof head);
    if (got == 0)
        return false;
    size_t length = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    errno = EPROTO;
    if (got < sizeof head || length > FRAME_BYTES)
        die("a frame is malformed");
    frame->kind = (char)head[0];
    frame->length = length;
    frame->payload = malloc(length + 1);
    if (!frame->payload)
        die("a frame has no room");
    frame->payload[length] = 0;
    if (read_all(frame->payload, length) < length)
        die("a frame is cut");
    return true;
}

void begin_frame(char kind, size_t length)
{
    put(&kind, 1);
    put_number(length, 4);
}

void put(const void *data, size_t length)
{
    if (length > HELD - held_length)
        flush_frames();
    if (length > HELD) {
        write_all(STDOUT_FILENO, data, length);
        return;
    }
    memcpy(held + held_length, data, length);
    held_length += length;
}

void put_number(uint64_t number, int bytes)
{
    while (bytes-- > 0) {
        char byte = (char)(number >> 8 * bytes);
        put(&byte, 1);
    }
}

void put_text(const char *text)
{
    put(text, strlen(text) + 1);
}

void flush_frames(void)
{
    write_all(STDOUT_FILENO, held, held_length);
    held_length = 0;
}
