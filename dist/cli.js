#!/usr/bin/env node
import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as o}from"./chunks/chunk-F6IN7N3X.js";import"./chunks/chunk-HFHZAMUV.js";var s=`mssql-tls-preflight: will this client complete its TLS handshake with that SQL Server?

  mssql-tls-preflight check [folder]     judge every client of a folder against its SQL Servers
      --format terminal|json|github|markdown      default: terminal
      --policy FILE       policy file; default .github/mssql-tls-preflight.yml or mssql-tls-preflight.yml
      --fail-on LEVEL     error|warning|notice|never: lowest level that makes the exit code 1
      --what-if WORDS     judge servers as they would be: tls1.2-only, no-dhe, no-rsa-kex, strict, cert=FILE, reg=FILE
      --fix [--dry-run]   write the edits that are safe, or only show them; then judge what remains
      --baseline FILE     findings in it do not count; --write-baseline FILE writes today's
      --offline           dial no network target, start no container; lab targets on loopback are still played
      --verbose           one line on stderr for each connection
      --list, --why FILE  what inventory prints; nothing is judged or dialled
  mssql-tls-preflight inventory [folder] list what the folder declares, by client and target; dials nothing
      --format terminal|json|csv                  default: terminal
      --why FILE          which readers read this file, and why a line in it was not taken
      --policy FILE       as for check
  mssql-tls-preflight probe ENDPOINT\u2026    ask servers everything: versions, every suite and its order, groups, certificate
      ENDPOINT            host,port, host\\INSTANCE,port, lab:PROFILE, or container:IMAGE: Docker starts and removes it,
                          with ACCEPT_EULA=Y
      -f, --file FILE     more of them, one to a line; - is standard input
      --concurrency N     servers at a time, 1 to 1000; default: 32
      --deadline SECONDS  for one connection; default: 5
      --simulate all      send the hello of every driver of the catalog: which of them connect?
      --timings           time short connections: TCP, PRELOGIN, ServerHello (scenario 6)
      --connects N        how many of them, 1 to 100; default: 20
      --deep              complete a few handshakes: does it lack the leading-zero fix (scenario 5)? Resume sessions?
      --ca FILE           trusted roots, PEM; default: the system's
      --login-user-env NAME --login-password-env NAME
                          log in once with what these environment variables hold, and read the server's own evidence
      --login-trust-server-certificate            log in although the certificate cannot be verified
      --host-name-in-certificate NAME     what the certificate must name; default: the endpoint's host
      --ntlm              begin a login and never end it, to learn the server's Windows: it may be logged as failed
      --format terminal|json      default: terminal; --json for short
      --verbose           one line on stderr for each connection
  mssql-tls-preflight explain [RULE]     what a rule is about and how to suppress it; without a rule: all of them
  mssql-tls-preflight explain --client TEXT --server TEXT
                                         would they connect? The handshake step by step, without any repository
      --client, --server  as people write them: "mssql-jdbc 6.4 on JDK 8u292",
                          "SQL Server 2014 SP2 on Windows Server 2012 R2"
      --certificate, --server-protocols, --settings
                          "self-generated SHA-1", "TLS 1.2 only", "Encrypt=false"
      --format terminal|json                      default: terminal
  mssql-tls-preflight explain --pair CLIENT TARGET
                                         the same for a client and a target of a checked folder
      --path FOLDER       default: .
      --policy FILE, --offline, --verbose         as for check
  mssql-tls-preflight lab PROFILE        play a SQL Server on loopback until interrupted
      --port N            default: any free port
      --list              the profiles there are

  Exit codes: 0 clean, 1 findings, 2 wrong usage or policy file, 3 what was asked could not be done, 130 Ctrl+C.
`,t={out:e=>process.stdout.write(e),error:e=>process.stderr.write(e),progress:process.stderr.isTTY===!0?e=>process.stderr.write(e):null,onInterrupt:e=>(process.once("SIGINT",e),()=>process.off("SIGINT",e)),columns:process.stdout.columns||120,color:process.stdout.isTTY===!0&&!process.env.NO_COLOR};process.stdout.on("error",e=>{throw e.code==="EPIPE"&&process.exit(),e});try{process.exitCode=await n(process.argv.slice(2))}catch(e){t.error(`mssql-tls-preflight stopped on a fault of its own: ${e instanceof Error?e.message:String(e)}
`),process.exitCode=o.UNABLE}async function n([e,...r]){switch(e){case"check":return(await import("./chunks/check-command-DMYFQKEN.js")).checkCommand(r,t);case"inventory":return(await import("./chunks/inventory-command-2SWYFNK3.js")).inventoryCommand(r,t);case"probe":return(await import("./chunks/probe-command-ORRM2PTD.js")).probeCommand(r,t);case"explain":return(await import("./chunks/explain-command-6KQHHLRK.js")).explainCommand(r,t);case"lab":return(await import("./chunks/lab-command-ZWZ6YMXP.js")).labCommand(r,t);case"help":case"--help":case"-h":return t.out(s),o.CLEAN;default:return t.error(`${e===void 0?"":`There is no command "${e}".

`}${s}`),o.USAGE}}
