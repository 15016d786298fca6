import java.math.BigInteger;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One side of a handshake: records in, records out. */
final class Handshake {
  private static final int RECORD_VERSION_AND_TYPE = 3;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final ByteBuffer plain;
  private ByteBuffer held = NOTHING;
  private boolean finished;

  Handshake(SSLEngine engine) {
    this.engine = engine;
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  void start() throws SSLException {
    engine.beginHandshake();
  }

  boolean finished() {
    return finished;
  }

  /** What this side has to say to these bytes; empty while it needs more of them. */
  ByteBuffer answer(byte[] bytes) throws SSLException {
    held = ByteBuffer.allocate(held.remaining() + bytes.length).put(held).put(bytes).flip();
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    while (!finished) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        note(engine.wrap(NOTHING, out));
      } else if (status == HandshakeStatus.NEED_UNWRAP) {
        SSLEngineResult result = engine.unwrap(held, plain);
        note(result);
        if (result.getStatus() != SSLEngineResult.Status.OK) break;
      } else {
        break;
      }
    }
    return out.flip();
  }

  /** What is left to say after a failure. */
  ByteBuffer alert() throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)
      if (engine.wrap(NOTHING, out).getStatus() != SSLEngineResult.Status.OK) break;
    return out.flip();
  }

  /** Bits of the prime in the ServerKeyExchange of a server's first flight (RFC 5246 §7.4.3). */
  static int dheBits(byte[] flight) {
    ByteBuffer records = ByteBuffer.wrap(flight);
    ByteBuffer messages = ByteBuffer.allocate(flight.length);
    while (records.hasRemaining()) {
      records.position(records.position() + RECORD_VERSION_AND_TYPE);
      byte[] body = new byte[records.getShort() & 0xffff];
      records.get(body);
      messages.put(body);
    }
    messages.flip();
    while (true) {
      int typeAndLength = messages.getInt();
      if (typeAndLength >>> 24 == SERVER_KEY_EXCHANGE) break;
      messages.position(messages.position() + (typeAndLength & 0xffffff));
    }
    byte[] prime = new byte[messages.getShort() & 0xffff];
    messages.get(prime);
    return new BigInteger(1, prime).bitLength();
  }

  private void note(SSLEngineResult result) {
    finished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }
}
