// Holds many listeners to a stream of server-sent events and prints, for each event that all of the
// reading ones have had: its number, then the monotonic nanoseconds at which half, 99 of 100 and
// the last of them had it. An event is counted by a word in it, MARK unless compiled with -DWORD.
// listeners PORT PATH LISTENERS STALLED: the stalled ones connect and never read.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_EVENTS 4096
#ifndef WORD
#define WORD "MARK"
#endif
static int listeners, stalled;
static int *seen;
static char *matched;
static int64_t *times[MOST_EVENTS];
static int arrived[MOST_EVENTS];

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int open_one(int port, const char *path) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (struct sockaddr *)&to, sizeof to)) { perror("connect"); exit(1); }
  char ask[256];
  int length = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
  if (write(fd, ask, length) != length) { perror("write"); exit(1); }
  return fd;
}

static void had(int event, int64_t at, int reading) {
  if (event >= MOST_EVENTS) exit(1);
  if (!times[event]) times[event] = malloc(sizeof(int64_t) * reading);
  times[event][arrived[event]++] = at;
  if (arrived[event] < reading) return;
  // They were noted in the order they came.
  printf("%d %lld %lld %lld\n", event, (long long)times[event][reading / 2],
         (long long)times[event][reading - 1 - reading / 100], (long long)at);
  fflush(stdout);
  free(times[event]);
}

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  int port = atoi(argv[1]);
  listeners = atoi(argv[3]);
  stalled = atoi(argv[4]);
  int reading = listeners - stalled, epoll = epoll_create1(0);
  seen = calloc(listeners, sizeof(int));
  matched = calloc(listeners, 1);
  int *fds = calloc(listeners, sizeof(int));
  for (int i = 0; i < listeners; i++) {
    fds[i] = open_one(port, argv[2]);
    if (i >= reading) continue;
    fcntl(fds[i], F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event);
  }
  printf("ready\n");
  fflush(stdout);
  static char buffer[1 << 16];
  struct epoll_event events[512];
  for (;;) {
    int n = epoll_wait(epoll, events, 512, -1);
    for (int e = 0; e < n; e++) {
      int i = events[e].data.u32;
      ssize_t got = read(fds[i], buffer, sizeof buffer);
      if (got == 0 || (got < 0 && errno != EAGAIN)) { fprintf(stderr, "listener %d was cut off\n", i); return 1; }
      int64_t at = now();
      for (ssize_t b = 0; b < got; b++) {
        matched[i] = buffer[b] == WORD[(int)matched[i]] ? matched[i] + 1 : buffer[b] == WORD[0];
        if (matched[i] < (int)sizeof WORD - 1) continue;
        matched[i] = 0;
        had(seen[i]++, at, reading);
      }
    }
  }
}
