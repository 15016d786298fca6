import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One side of a handshake: records in, records out. */
final class Handshake {
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

  private void note(SSLEngineResult result) {
    finished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }
}
