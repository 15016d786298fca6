import pyodbc

connection = pyodbc.connect(
    "Driver={ODBC Driver 17 for SQL Server};Server=sql-orders.contoso.example;Database=Orders;Encrypt=yes;TrustServerCertificate=yes;Trusted_Connection=yes"
)
