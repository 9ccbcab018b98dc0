// The least that telling many listeners can cost: a loop of write(). For each line on standard input
// it prints the monotonic nanoseconds and writes one event of SIZE bytes to all. floor PORT SIZE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int fds[70000], count;

static void tell(const char *chunk, size_t size) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  printf("%lld\n", (long long)t.tv_sec * 1000000000LL + t.tv_nsec);
  fflush(stdout);
  for (int i = 0; i < count; i++)
    // One that has left is written to in vain.
    if (write(fds[i], chunk, size) >= 0) continue;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  signal(SIGPIPE, SIG_IGN);
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 4096)) { perror("bind"); return 1; }
  size_t size = atoi(argv[2]);
  char *chunk = malloc(size + 1);
  memset(chunk, 'x', size);
  memcpy(chunk, "event: incident\ndata: MARK", 26);
  memcpy(chunk + size - 2, "\n\n", 2);
  const char *head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
  struct pollfd wait[2] = {{.fd = server, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  char line[256];
  for (;;) {
    poll(wait, 2, -1);
    if (wait[0].revents) {
      int fd = accept(server, 0, 0);
      if (read(fd, line, sizeof line) < 0 || write(fd, head, strlen(head)) < 0) return 1;
      fds[count++] = fd;
    }
    if (wait[1].revents & POLLIN) {
      if (read(0, line, sizeof line) <= 0) return 0;
      tell(chunk, size);
    }
    if (wait[1].revents & POLLHUP) return 0;
  }
}
