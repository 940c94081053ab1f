from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0004_three_kinds_suspension_and_key_states'),
    ]

    operations = [
        migrations.AlterField(
            model_name='issuerkey',
            name='purpose',
            field=models.CharField(choices=[('credential', 'Nachweise und Statuslisten (Ed25519)'), ('jwt', 'Nachweise als JWT (RSA)'), ('sd_jwt', 'Nachweise für Wallet-Apps (P-256)'), ('seal', 'Siegel auf PDF (P-256)'), ('authority', 'Siegel-Stelle der Stadt (P-256)')], default='credential', max_length=12),
        ),
    ]
