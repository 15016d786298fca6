import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One server, written {@code order=server keys=RSA:2048,EC:secp256r1 protocols=TLSv1.2,SSLv3 suites=all}. Suites have
 * IANA names, in the order of preference; {@code all} is every suite of this Java, {@code all-reversed} the same from
 * the worst to the best.
 */
final class Configuration {
  private static final String SIGNALLING = "_SCSV";

  private final SSLContext context = SSLContext.getInstance("TLS");
  private final KeyStore keys;
  private final String[] protocols;
  private final String[] suites;
  private final boolean ownOrder;
  /** Configured suites that this Java does not have. */
  private final List<String> unknown = new ArrayList<>();

  static Configuration of(String text) throws Exception {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(" ")) parts.put(part.replaceFirst("=.*", ""), part.replaceFirst("[^=]*=", ""));
    return new Configuration(parts);
  }

  private Configuration(Map<String, String> parts) throws Exception {
    keys = Minted.keyStore(parts.get("keys"));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(keys, Minted.PASSWORD);
    context.init(factory.getKeyManagers(), new TrustManager[] {new TrustsAll()}, null);
    protocols = parts.get("protocols").split(",");
    suites = suites(parts.get("suites")).toArray(String[]::new);
    ownOrder = parts.get("order").equals("server");
  }

  SSLEngine server() {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = new SSLParameters(suites, protocols);
    parameters.setUseCipherSuitesOrder(ownOrder);
    parameters.setApplicationProtocols(new String[] {"tds/8.0"});
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(false);
    return engine;
  }

  /** TDS 8.0 is where TLS 1.3 can be. */
  boolean strict() {
    return Arrays.asList(protocols).contains("TLSv1.3");
  }

  String json(int port) throws Exception {
    List<String> certificates = new ArrayList<>();
    for (String alias : Collections.list(keys.aliases()))
      certificates.add(Base64.getEncoder().encodeToString(keys.getCertificate(alias).getEncoded()));
    List<String> negotiated = new ArrayList<>();
    for (String protocol : protocols) negotiated.add(quoted(protocol) + ":{" + String.join(",", negotiated(protocol)) + "}");
    return "{\"port\":" + port
        + ",\"suites\":" + strings(Arrays.stream(suites).map(Configuration::iana).collect(Collectors.toList()))
        + ",\"unknown\":" + strings(unknown)
        + ",\"certificates\":" + strings(certificates)
        + ",\"negotiated\":{" + String.join(",", negotiated) + "}}";
  }

  /** Suites with which Java's own client comes to the end of a handshake, each offered alone, and the bits of its DHE prime. */
  private List<String> negotiated(String protocol) throws Exception {
    List<String> taken = new ArrayList<>();
    for (String suite : suites) {
      SSLEngine client = context.createSSLEngine();
      client.setUseClientMode(true);
      client.setSSLParameters(new SSLParameters(new String[] {suite}, new String[] {protocol}));
      try {
        byte[] flight = shakeHands(new Handshake(client), new Handshake(server()));
        boolean dhe = suite.contains("_DHE_") || suite.contains("_DH_anon_");
        taken.add(quoted(iana(suite)) + ":" + (dhe ? Handshake.dheBits(flight) : 0));
      } catch (SSLException refused) {
        // By either side: such a suite cannot be had.
      }
    }
    return taken;
  }

  /** The server's first flight. */
  private static byte[] shakeHands(Handshake client, Handshake server) throws SSLException {
    client.start();
    server.start();
    byte[] flight = bytes(server.answer(bytes(client.answer(new byte[0]))));
    byte[] said = bytes(client.answer(flight));
    while (said.length > 0) said = bytes(client.answer(bytes(server.answer(said))));
    if (!client.finished() || !server.finished()) throw new SSLException("no end of the handshake");
    return flight;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private List<String> suites(String wanted) {
    List<String> all = new ArrayList<>();
    for (String suite : context.createSSLEngine().getSupportedCipherSuites())
      if (!suite.endsWith(SIGNALLING)) all.add(suite);
    if (wanted.equals("all")) return all;
    if (wanted.equals("all-reversed")) {
      Collections.reverse(all);
      return all;
    }
    List<String> chosen = new ArrayList<>();
    for (String name : wanted.split(",")) {
      String older = name.replaceFirst("^TLS_", "SSL_");
      if (all.contains(name)) chosen.add(name);
      else if (all.contains(older)) chosen.add(older);
      else unknown.add(name);
    }
    return chosen;
  }

  /** Java writes {@code SSL_} before the suites that are older than TLS. */
  private static String iana(String name) {
    return name.replaceFirst("^SSL_", "TLS_");
  }

  private static String strings(List<String> values) {
    return values.stream().map(Configuration::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override public void checkClientTrusted(X509Certificate[] chain, String type) {}
    @Override public void checkServerTrusted(X509Certificate[] chain, String type) {}
    @Override public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}
    @Override public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}
    @Override public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    @Override public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    @Override public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
  }
}
