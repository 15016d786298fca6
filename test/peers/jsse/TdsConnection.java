import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * One client: PRELOGIN, then a TLS handshake whose records travel as the payload of TDS packets ([MS-TDS] 2.2.3,
 * 2.2.6.5); or TLS from the first byte, as TDS 8.0 begins.
 */
final class TdsConnection {
  private static final int PRELOGIN = 0x12;
  /** First byte of a client that begins with TLS. */
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int REPLY = 0x04;
  private static final int END_OF_MESSAGE = 1;
  private static final int HEADER_LENGTH = 8;
  /** Packet size before login, header included. */
  private static final int PACKET_SIZE = 4096;
  private static final int VERSION = 0;
  private static final int ENCRYPTION = 1;
  private static final int TERMINATOR = 0xff;
  private static final int OFF = 0;
  private static final int ON = 1;
  private static final int NOT_SUP = 2;
  private static final int REQ = 3;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  TdsConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  void serve(SSLEngine engine, boolean speaksStrict) throws IOException {
    in.mark(1);
    boolean strict = in.read() == TLS_HANDSHAKE;
    in.reset();
    if (strict) {
      if (speaksStrict) serveStrict(engine);
      return;
    }
    byte[] prelogin = packet();
    // SQL Server with ForceEncryption: a client that does not want TLS is told that it must.
    int asked = encryption(prelogin);
    send(REPLY, ByteBuffer.wrap(preloginReply(asked == OFF || asked == NOT_SUP ? REQ : ON)));
    Handshake handshake = new Handshake(engine);
    try {
      handshake.start();
      while (!handshake.finished()) {
        ByteBuffer flight = handshake.answer(packet());
        if (flight.hasRemaining()) send(PRELOGIN, flight);
      }
    } catch (SSLException refused) {
      send(PRELOGIN, handshake.alert());
      socket.shutdownOutput();
      // Closed with bytes unread, the socket would be reset, and the alert lost.
      in.skip(Long.MAX_VALUE);
    }
  }

  private void serveStrict(SSLEngine engine) throws IOException {
    Handshake handshake = new Handshake(engine);
    byte[] chunk = new byte[1 << 14];
    try {
      handshake.start();
      while (!handshake.finished()) {
        int length = in.read(chunk);
        if (length < 0) return;
        send(handshake.answer(Arrays.copyOf(chunk, length)));
      }
    } catch (SSLException refused) {
      send(handshake.alert());
      socket.shutdownOutput();
    }
    in.skip(Long.MAX_VALUE);
  }

  private void send(ByteBuffer records) throws IOException {
    out.write(records.array(), records.position(), records.remaining());
  }

  /** Payload of the next packet, which must be of the type that PRELOGIN and wrapped TLS have. */
  private byte[] packet() throws IOException {
    int type = in.readUnsignedByte();
    if (type != PRELOGIN) throw new EOFException("no PRELOGIN packet: type " + type);
    in.readUnsignedByte();
    byte[] payload = new byte[in.readUnsignedShort() - HEADER_LENGTH];
    in.readInt();
    in.readFully(payload);
    return payload;
  }

  private void send(int type, ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      int length = Math.min(message.remaining(), PACKET_SIZE - HEADER_LENGTH);
      ByteBuffer packet = ByteBuffer.allocate(HEADER_LENGTH + length);
      packet.put((byte) type).put((byte) (length == message.remaining() ? END_OF_MESSAGE : 0));
      packet.putShort((short) (HEADER_LENGTH + length)).putInt(0);
      packet.put(message.slice().limit(length));
      message.position(message.position() + length);
      out.write(packet.array());
    }
  }

  /** ENCRYPTION of a client's PRELOGIN, without its two flags. */
  private static int encryption(byte[] message) throws IOException {
    ByteBuffer table = ByteBuffer.wrap(message);
    for (int token = table.get() & 0xff; token != TERMINATOR; token = table.get() & 0xff) {
      int offset = table.getShort() & 0xffff;
      table.getShort();
      if (token == ENCRYPTION) return message[offset] & 0x3f;
    }
    throw new EOFException("a PRELOGIN without ENCRYPTION");
  }

  private static byte[] preloginReply(int encryption) {
    ByteBuffer message = ByteBuffer.allocate(18);
    message.put((byte) VERSION).putShort((short) 11).putShort((short) 6);
    message.put((byte) ENCRYPTION).putShort((short) 17).putShort((short) 1);
    message.put((byte) TERMINATOR);
    message.put((byte) 16).put((byte) 0).putShort((short) 1000).putShort((short) 0);
    return message.put((byte) encryption).array();
  }
}
