// System.Data.SqlClient of Mono: connects, asks `select 1`, prints the answer.
// mcs -r:System.Data.dll SqlClient.cs && mono SqlClient.exe <connection string>
using System;
using System.Data.SqlClient;

class SqlClient
{
    static int Main(string[] arguments)
    {
        try
        {
            using (var connection = new SqlConnection(arguments[0]))
            {
                connection.Open();
                using (var command = new SqlCommand("select 1", connection))
                    Console.WriteLine("answer " + command.ExecuteScalar());
            }
            return 0;
        }
        catch (Exception error)
        {
            Console.WriteLine(error.Message);
            return 1;
        }
    }
}
