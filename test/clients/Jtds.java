// jTDS: connects, asks `select 1`, prints the answer. java -cp jtds.jar Jtds.java <jdbc url>
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

class Jtds {
    public static void main(String[] arguments) throws Exception {
        Class.forName("net.sourceforge.jtds.jdbc.Driver");
        try (Connection connection = DriverManager.getConnection(arguments[0], "someone", "canary-7f3a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            System.out.println("answer " + rows.getInt(1));
        }
    }
}
