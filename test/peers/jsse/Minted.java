import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys and X.509 v1 certificates (RFC 5280 §4.1): {@code RSA:2048}, {@code EC:secp256r1}, {@code DSA:1024};
 * {@code EC/RSA:secp256r1} is signed by an RSA key, the others by themselves.
 */
final class Minted {
  static final char[] PASSWORD = "unused".toCharArray();

  private static final Map<String, KeyPair> PAIRS = new HashMap<>();
  /** AlgorithmIdentifier, whole, of a signature with SHA-1, which the shortest keys have room for. */
  private static final Map<String, String> SHA1_WITH = Map.of(
      "RSA", "300d06092a864886f70d0101050500",
      "EC", "300906072a8648ce3d0401",
      "DSA", "300906072a8648ce380403");
  private static final Map<String, String> ALGORITHM = Map.of("RSA", "SHA1withRSA", "EC", "SHA1withECDSA", "DSA", "SHA1withDSA");

  private Minted() {}

  /** Of keys as above, with commas in between; {@code none} for none. */
  static KeyStore keyStore(String specs) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (specs.equals("none")) return store;
    for (String spec : specs.split(",")) {
      String[] parts = spec.split(":");
      String type = parts[0].replaceFirst("/.*", "");
      KeyPair pair = pair(type + ":" + parts[1]);
      boolean foreign = parts[0].endsWith("/RSA");
      Certificate certificate = certificate(spec, pair, foreign ? "RSA" : type, foreign ? pair("RSA:2048") : pair);
      store.setKeyEntry(spec, pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
    }
    return store;
  }

  private static KeyPair pair(String spec) throws Exception {
    KeyPair known = PAIRS.get(spec);
    if (known != null) return known;
    String[] parts = spec.split(":");
    KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
    if (parts[0].equals("EC")) generator.initialize(new ECGenParameterSpec(parts[1]));
    else generator.initialize(Integer.parseInt(parts[1]));
    KeyPair pair = generator.generateKeyPair();
    PAIRS.put(spec, pair);
    return pair;
  }

  private static Certificate certificate(String name, KeyPair pair, String signerType, KeyPair signer) throws Exception {
    byte[] algorithm = new BigInteger(SHA1_WITH.get(signerType), 16).toByteArray();
    byte[] tbs = der(0x30,
        der(0x02, new byte[] {1}),
        algorithm,
        name(signer == pair ? name : "issuer"),
        der(0x30, text(0x17, "260101000000Z"), text(0x17, "360101000000Z")),
        name(name),
        pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance(ALGORITHM.get(signerType));
    signature.initSign(signer.getPrivate());
    signature.update(tbs);
    byte[] whole = der(0x30, tbs, algorithm, der(0x03, new byte[1], signature.sign()));
    return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
  }

  /** A Name of one CN. */
  private static byte[] name(String commonName) {
    byte[] id = {0x06, 3, 0x55, 4, 3};
    return der(0x30, der(0x31, der(0x30, id, text(0x0c, commonName))));
  }

  private static byte[] text(int tag, String text) {
    return der(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tag, length, value: X.690 §8.1. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (byte[] part : parts) value.writeBytes(part);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = value.size();
    if (length >= 0x100) whole.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
    else if (length >= 0x80) whole.write(0x81);
    whole.write(length);
    whole.writeBytes(value.toByteArray());
    return whole.toByteArray();
  }
}
