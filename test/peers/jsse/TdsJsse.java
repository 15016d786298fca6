import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers that speak TDS with Java's TLS inside, one on a loopback port for each argument (see {@link
 * Configuration}). Prints what it serves as one line of JSON, then serves until its standard input ends.
 */
public final class TdsJsse {
  public static void main(String[] arguments) throws Exception {
    // Read once, when the first TLS class is loaded: nothing is too old or too weak for this program.
    for (String list : List.of("jdk.tls.disabledAlgorithms", "jdk.tls.legacyAlgorithms", "jdk.certpath.disabledAlgorithms"))
      Security.setProperty(list, "");
    List<String> served = new ArrayList<>();
    for (String argument : arguments) {
      Configuration configuration = Configuration.of(argument);
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      inBackground(() -> accept(listener, configuration));
      served.add(configuration.json(listener.getLocalPort()));
    }
    System.out.println("[" + String.join(",", served) + "]");
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static void accept(ServerSocket listener, Configuration configuration) throws IOException {
    while (true) {
      Socket socket = listener.accept();
      inBackground(() -> {
        try (socket) {
          new TdsConnection(socket).serve(configuration.server(), configuration.strict());
        }
      });
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void inBackground(Work work) {
    Thread thread = new Thread(() -> {
      try {
        work.run();
      } catch (IOException gone) {
        // The client has what it wanted.
      } catch (Exception unexpected) {
        unexpected.printStackTrace();
      }
    });
    thread.setDaemon(true);
    thread.start();
  }
}
