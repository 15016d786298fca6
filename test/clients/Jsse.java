// A TLS handshake as mssql-jdbc starts it: SSLContext "TLS", a socket layered over the one that is open, told the
// server's name. No TDS: the hello goes out bare. java Jsse.java <host> <port>
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

class Jsse {
    public static void main(String[] arguments) throws Exception {
        String host = arguments[0];
        int port = Integer.parseInt(arguments[1]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        try (Socket plain = new Socket(host, port);
                SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, false)) {
            secure.startHandshake();
            System.out.println(secure.getSession().getProtocol() + " " + secure.getSession().getCipherSuite());
        }
    }

    private static class TrustAll implements X509TrustManager {
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
