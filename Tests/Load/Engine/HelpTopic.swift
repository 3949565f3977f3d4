/// The pages of `--help`.
enum HelpTopic: String, CaseIterable {
    case overview = ""
    case closed
    case open
    case ratio

    var text: String {
        switch self {
        case .overview: Self.overviewText
        case .closed: Self.closedText + Self.requestText + Self.measureText
        case .open: Self.openText + Self.requestText + Self.measureText
        case .ratio: Self.ratioText + Self.requestText
        }
    }

    private static let overviewText = """
        load measures an HTTP/1.1 server on this machine: how fast, how late, at what cost.

          load closed URL…            N connections, each asks again when its answer is there
          load open --rate R URL…     R requests a second, whether the server keeps up or not
          load ratio --a URL --b URL  two servers by turns, and how their figures divide

        Each mode has its own --help. To begin with:

          load closed --pid users=4711 http://127.0.0.1:8101/
          load open --rate 5000 'http://127.0.0.1:8080/api/threads/{1..100000}'
          load ratio --a http://127.0.0.1:8101/ --a-pid 4711 \\
                     --b http://127.0.0.1:9000/ --b-pid-tree nginx=4712

        Exit status: 0 all requests succeeded, 1 some failed or the run could not be made,
        64 the command line is wrong.

        """

    private static let closedText = """
        load closed [options] URL…

        Keeps N connections busy: each sends its next request when the answer to the last one is
        there. Finds out how many requests a second a server can do and what each costs. The
        latency is that of a server with N requests in it, not that of one which people visit:
        for that, use load open.

          --connections N    how many connections (64)
          --duration TIME    length of the measurement, at most 60m (10s)
          --requests N       stop after N counted requests instead (still bounded by --duration)


        """

    private static let openText = """
        load open --rate R [options] URL…

        Sends R requests a second by a fixed schedule. The clock of each request starts when it
        was due, not when a connection was free for it, so a server that stalls cannot hide the
        requests which that kept waiting. What is due and finds no connection is the backlog; what
        is left of it at the end was never sent and counts as failed.

          --rate R           requests a second, all threads together
          --connections N    at most so many; opened only when needed (256)
          --duration TIME    length of the measurement, at most 60m (10s)
          --requests N       stop after N counted requests instead (still bounded by --duration)


        """

    private static let ratioText = """
        load ratio --a URL --b URL [options]

        Runs A and B by turns for several rounds, the order turned in each, and prints the median,
        the lowest and the highest of every figure and of A ÷ B. With a baseline (the server behind
        two proxies) also (A − baseline) ÷ (B − baseline): what A adds, divided by what B adds.

          --a URL, --b URL         the servers; repeat for several paths
          --a-pid name=PID         CPU of this process is A's cost; repeat for more; also --b-pid
          --a-pid-tree name=PID    the same with all its children; also --b-pid-tree
          --a-name TEXT            what to call A (A); also --b-name
          --baseline URL           a third server, with --baseline-pid, -pid-tree and -name
          --rounds N               rounds (5)
          --rate R                 open loop at this rate for each; else a closed loop
          --connections N          as in load closed and load open
          --duration TIME          of each run, warm-up apart (10s)
          --requests N             of each run instead
          --json                   print JSON instead of tables
          --allow-errors           exit 0 even if requests failed


        """

    private static let requestText = """
        Requests
          URL                http:// with localhost or an IPv4 address of this machine. {1..100000}
                             anywhere in URL, header or body becomes a random number from that
                             range, a new one each time. Several URLs are asked in turn.
          --method NAME      method (GET, or POST when there is a body)
          --header 'N: V'    a header field; repeat for more
          --body TEXT        the body; its length is worked out
          --body-file FILE   the body, from a file
          --seed N           another series of random numbers (1)
          --expect LIST      statuses that are a success (2xx,3xx)
          --timeout TIME     a request without an answer by then has failed (10s)
          --warmup TIME      run so long before anything counts (1s)
          --threads N        threads of load itself; connections are shared out (1)
          --i-own-this-host  allow an address that is not of this machine

        """

    private static let measureText = """

        Measurement
          --pid name=PID     also CPU, context switches and memory of this process; repeat for more
          --pid-tree n=PID   the same for a process with all its children
          --json             print JSON instead of a table
          --allow-errors     exit 0 even if requests failed

        """
}
